import Analysis
import Bytes
import CiscoConfig
import ESP
import Keys
import Layers
import Policy
import Registries
import Timeline
import Tracking

@testable import Capture
@testable import ISAKMP

/// What may be fed, by name. Each takes any bytes.
nonisolated(unsafe) let targets: [String: ([UInt8]) -> Void] = [
  "capture": { try? readAll(MemoryFile.source($0)) },
  "layers": decodeFrames,
  "isakmp": readMessage,
  "payloads": readOpenedPayloads,
  "esp": readPacket,
  "tracker": trackDatagrams,
  "keys": { _ = KeyFileReader.read($0, file: "keys") },
  "configuration": readConfiguration,
  "query": answerQueries,
  "analyze": analyze,
]

/// Takes what a source gives, and looks at every byte it promises.
private func readAll(_ source: any FrameSource) throws(CaptureError) {
  var sum = 0
  while let batch = try source.nextBatch() {
    for frame in batch.frames { sum &+= Int(batch.bytes[frame.range].last ?? 0) }
  }
  _ = source.captures.flatMap(\.warnings)
  if sum == .min { print(sum) }
}

/// The first byte is the link type; then frames, each behind a length of two bytes.
private func decodeFrames(_ input: [UInt8]) {
  guard let linkType = input.first else { return }
  let decoder = LayerDecoder()
  var time = Timestamp(nanoseconds: 0)
  for (index, frame) in pieces(input.dropFirst()).enumerated() {
    time.nanoseconds += 1_000_000
    let header = Frame(
      number: index + 1, capture: 0, time: time, linkType: LinkType(rawValue: UInt16(linkType)),
      offset: 0, capturedLength: frame.count, originalLength: frame.count)
    _ = decoder.decode(header, frame.rawSpan) { datagram, bytes in
      _ = bytes.extracting(datagram.payload)
      _ = bytes.extracting(datagram.ipPacket)
    }
  }
  decoder.flush()
}

private func readMessage(_ input: [UInt8]) {
  for place in [IKERecognizer.Place.expected, .anywhere] {
    _ = IKERecognizer.recognize(input.rawSpan, at: place)
  }
  guard let message = try? Message(parsing: input.rawSpan) else { return }
  _ = message.notation()
  for payload in message.payloads { _ = payload.fields }
}

/// Version, exchange and first payload in three bytes, then what decryption has given.
private func readOpenedPayloads(_ input: [UInt8]) {
  guard input.count > 3 else { return }
  let version: IKEVersion = input[0] & 1 == 0 ? .v2 : .v1
  let list = PayloadList(
    parsing: Array(input[3...]).rawSpan, first: input[2],
    context: PayloadContext(version: version, exchange: ExchangeType(rawValue: input[1])))
  for payload in list.payloads {
    _ = payload.fields
    _ = payload.notation()
  }
}

private func readPacket(_ input: [UInt8]) {
  _ = UDPEncapsulation.classify(input.rawSpan)
  _ = UDPEncapsulation.classifyCisco(input.rawSpan, missing: 3)
  _ = try? AHPacket(parsing: input.rawSpan, isIPv6: true)
  for lengths in [(12, 0), (16, 8), (0, 0)] {
    _ = NullLayout(integrityLength: lengths.0, ivLength: lengths.1).inner(of: input.rawSpan)
  }
  var plaintext: [UInt8] = []
  for opener in openers { _ = opener.open(input.rawSpan, into: &plaintext) }
}

/// Datagrams between two hosts, each behind a length of two bytes and one that tells its ports.
private func trackDatagrams(_ input: [UInt8]) {
  var tracker = Tracker(keys: knownKeys)
  let hosts = (IPAddress(ipv4: 0xc633_6401), IPAddress(ipv4: 0xc633_6402))
  var sighting = Sighting(capture: 0, frame: 0, time: Timestamp(nanoseconds: 0))
  for piece in pieces(input[...]) {
    guard let kind = piece.first else { continue }
    let bytes = Array(piece.dropFirst())
    sighting.frame += 1
    sighting.time.nanoseconds += 1_000_000
    let (source, destination) = kind & 1 == 0 ? hosts : (hosts.1, hosts.0)
    let port: UInt16 = kind & 2 == 0 ? 500 : 4500
    let isUDP = kind & 12 != 12
    let datagram = Datagram(
      source: source, destination: destination, ipProtocol: isUDP ? 17 : kind & 16 == 0 ? 50 : 51,
      sourcePort: isUDP ? port : 0, destinationPort: isUDP ? port : 0,
      transport: isUDP ? .udp : .ip, payload: 0..<bytes.count)
    _ = tracker.datagramArrived(datagram, bytes.rawSpan, at: sighting)
  }
  tracker.finish()
  _ = tracker.linkByAddresses()
}

private func readConfiguration(_ input: [UInt8]) {
  for dialect in [Dialect.asa, .ios, nil] {
    guard
      let configuration = try? CryptoConfiguration(
        parsing: input, path: "device.cfg", dialect: dialect)
    else { continue }
    _ = PolicyEngine(configuration)
  }
}

private func answerQueries(_ input: [UInt8]) {
  _ = try? Packet(flow: String(decoding: input, as: UTF8.self))
  guard let engine = knownPolicy, let queries = try? Query.decode(input) else { return }
  for query in queries.prefix(16) { _ = engine.answer(query) }
}

private func analyze(_ input: [UInt8]) {
  guard let source = try? MemoryFile.source(input) else { return }
  var options = AnalysisOptions()
  options.keys = knownKeys
  options.verbose = true
  try? Analyzer(options: options, sink: Nobody()).run(source)
}

/// The parts of an input, each behind its length in two bytes; the last takes what is left.
private func pieces(_ input: ArraySlice<UInt8>) -> [[UInt8]] {
  var rest = input
  var result: [[UInt8]] = []
  while rest.count > 2, result.count < 64 {
    let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
    rest = rest.dropFirst(2)
    result.append(Array(rest.prefix(length)))
    rest = rest.dropFirst(length)
  }
  return result
}

/// Writes every record, so that what makes the text is fed as well.
private final class Nobody: TimelineSink {
  private var json = JSONWriter()

  func event(_ event: EventRecord) {
    json.removeAll()
    event.write(to: &json)
  }

  func tunnelChanged(_ tunnel: TunnelRecord) {}

  func finished(_ timeline: TimelineRecords) {
    json.removeAll()
    for tunnel in timeline.tunnels { tunnel.write(to: &json) }
    for flow in timeline.flows { flow.write(to: &json) }
    for finding in timeline.findings { finding.write(to: &json) }
  }
}

import Analysis
import Bytes
import Capture
import CiscoConfig
import ESP
import Keys
import Layers
import Policy
import Registries
import Reporting
import Timeline
import Tracking

@testable import ISAKMP

/// What may be fed, by name. Each takes any bytes.
nonisolated(unsafe) let targets: [String: ([UInt8]) -> Void] = [
  "capture": { try? readAll(openCapture(bytes: $0)) },
  "layers": decodeFrames,
  "isakmp1": { readMessage($0, version: 0x10) },
  "isakmp2": { readMessage($0, version: 0x20) },
  "payloads": readOpenedPayloads,
  "esp": readPacket,
  "tracker": trackDatagrams,
  "keys": readKeys,
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
    var header = Frame(
      made: 0..<frame.count, time: time, linkType: LinkType(rawValue: UInt16(linkType)))
    header.number = index + 1
    _ = decoder.decode(header, frame.rawSpan) { datagram, bytes in
      _ = bytes.extracting(datagram.payload)
      _ = bytes.extracting(datagram.ipPacket)
    }
  }
  decoder.flush()
}

/// A message whose header says the version, whatever the input says.
private func readMessage(_ input: [UInt8], version: UInt8) {
  var input = input
  if input.count > 17 { input[17] = version | input[17] & 15 }
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

/// The first byte chooses the keys; then a packet.
private func readPacket(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let packet = Array(input.dropFirst())
  _ = UDPEncapsulation.classify(packet.rawSpan)
  _ = UDPEncapsulation.classifyCisco(packet.rawSpan, missing: 3)
  _ = try? AHPacket(parsing: packet.rawSpan, isIPv6: true)
  for lengths in [(12, 0), (16, 8), (0, 0)] {
    _ = NullLayout(integrityLength: lengths.0, ivLength: lengths.1).inner(of: packet.rawSpan)
  }
  guard !openers.isEmpty else { return }
  var plaintext: [UInt8] = []
  _ = openers[Int(choice) % openers.count].opener.open(packet.rawSpan, into: &plaintext)
}

/// The first byte chooses the keys; then datagrams between two hosts, each behind a length of two
/// bytes and one that tells its ports.
private func trackDatagrams(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  var tracker = Tracker(keys: knownKeys[choice])
  let hosts = (IPAddress(ipv4: 0xc633_6401), IPAddress(ipv4: 0xc633_6402))
  var frame = 0
  for piece in pieces(input.dropFirst()) {
    guard let kind = piece.first else { continue }
    let bytes = Array(piece.dropFirst())
    frame += 1
    let sighting = Sighting(
      capture: 0, frame: frame, time: Timestamp(nanoseconds: Int64(frame) * 1_000_000))
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

/// Reads a key file, and writes what it holds in every form.
private func readKeys(_ input: [UInt8]) {
  let keys = KeyFileReader.read(input, file: "keys")
  guard !keys.isEmpty else { return }
  _ = KeyWriter.json(keys)
  _ = KeyWriter.wireshark(keys)
  _ = KeyWriter.xfrm(keys)
  for child in keys.childSAs.prefix(2) { _ = try? ESPOpener(child) }
}

/// The first byte chooses the dialect, and whether the configuration is held against itself.
private func readConfiguration(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let dialects: [Dialect?] = [nil, .asa, .ios]
  guard
    let configuration = try? CryptoConfiguration(
      parsing: Array(input.dropFirst()), path: "device.cfg", dialect: dialects[Int(choice & 3) % 3])
  else { return }
  var keys = KeyMaterial()
  keys.add(configuration)
  let engine = PolicyEngine(configuration)
  if choice & 4 != 0 { _ = engine.negotiate(with: engine) }
}

private func answerQueries(_ input: [UInt8]) {
  guard let engine = knownPolicy else { return }
  if let packet = try? Packet(flow: String(decoding: input, as: UTF8.self)) {
    _ = engine.answer(.flow(FlowQuestion(.out, packet, interface: nil)))
  }
  guard let queries = try? Query.decode(input) else { return }
  for query in queries.prefix(16) { _ = engine.answer(query) }
}

/// The first byte chooses the keys, the second what is asked for; then a capture.
private func analyze(_ input: [UInt8]) {
  guard input.count > 2, let nowhere, let source = try? openCapture(bytes: Array(input[2...]))
  else { return }
  var options = AnalysisOptions()
  options.keys = knownKeys[input[0]]
  options.verbose = input[1] & 4 == 0
  if input[1] & 8 == 8, let knownConfiguration { options.configurations = [knownConfiguration] }
  if input[1] & 16 == 0 { options.opened = { _ = $0.comment } }
  options.diagnosesMeanwhile = input[1] & 32 == 32
  let sink: any TimelineSink =
    switch input[1] & 3 {
    case 0: JSONReport(target: nowhere)
    case 1: NDJSONReport(target: nowhere)
    default: TextReport(target: nowhere, options: TextOptions())
    }
  try? Analyzer(options: options, sink: sink).run(source)
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

import Bytes

extension Query {
  /// The words of `kind` that are understood.
  package static let kinds = [
    "flow", "ike_sa_proposal", "ipsec_proposal", "ike2_sa_init", "ike2_child",
    "ike2_child_proposal", "tunnel_group",
  ]

  /// The questions of a JSON text: one object, or an array of them.
  package static func decode(_ text: [UInt8]) throws(QueryError) -> [Query] {
    let document = try JSONValue(parsing: text)
    guard case .array(let elements) = document else { return [try Query(document)] }
    var result: [Query] = []
    for (index, element) in elements.enumerated() {
      result.append(try Query(element, at: "[\(index)]"))
    }
    return result
  }

  /// The question of one object.
  package init(_ value: JSONValue, at path: String = "") throws(QueryError) {
    let fields = try QueryFields(value, at: path)
    let kind = try fields.requiredString("kind")
    switch kind {
    case "flow": self = .flow(try FlowQuestion(fields))
    case "ike_sa_proposal": self = .phase1(try Phase1Question(fields))
    case "ipsec_proposal": self = .quickMode(try QuickModeQuestion(fields))
    case "ike2_sa_init": self = .ike2Init(try IKE2InitQuestion(fields))
    case "ike2_child": self = .ike2Child(try IKE2ChildQuestion(fields))
    case "ike2_child_proposal": self = .ike2ChildProposal(try IKE2ChildProposalQuestion(fields))
    case "tunnel_group": self = .tunnelGroup(try TunnelGroupQuestion(fields))
    default:
      throw QueryError(
        field: fields.name("kind"), problem: "is \"\(printable(kind))\", which cannot be asked",
        remedy: "Ask one of \(Self.kinds.joined(separator: ", ")).")
    }
  }
}

extension FlowQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    let word = try fields.string("direction") ?? "out"
    guard let direction = Direction(rawValue: word) else {
      throw QueryError(
        field: fields.name("direction"), problem: "is \"\(printable(word))\"",
        remedy: "Write out, in-clear or in-decrypted.")
    }
    let packet = try fields.requiredObject("packet")
    self.init(direction, try Packet(packet), interface: try fields.string("interface"))
    saExists = try fields.bool("sa_exists") ?? false
    ingress = try fields.string("ingress")
    if let original = try fields.object("original") {
      let source = try original.address("src")
      let destination = try original.address("dst")
      self.original = (source ?? self.packet.source, destination ?? self.packet.destination)
    }
    if let via = try fields.object("via_sa") {
      viaSA = SAEntry(
        map: try via.string("map"),
        sequence: Int(try via.requiredNumber("seq", upTo: UInt64(UInt32.max))),
        dynamicSequence: try via.number("dyn_seq", upTo: UInt64(UInt32.max)).map { Int($0) })
    }
    negotiationSucceeded = try Self.succeeded(fields)
    activeTimeRanges = try fields.strings("active_time_ranges").map { Set($0) }
    isBeforeNAT = try fields.bool("before_nat") ?? false
    allACEs = try fields.bool("all_aces") ?? false
  }

  private static func succeeded(_ fields: QueryFields) throws(QueryError) -> Bool? {
    let word: String
    switch fields["negotiation_result"] {
    case nil: return nil
    case .bool(let value): return value
    case .string(let text): word = text
    case .object: word = try fields.object("negotiation_result")?.string("verdict") ?? ""
    case .some: return false
    }
    return ["ok", "success", "succeeded", "accept", "accepted", "established"].contains(word)
  }
}

extension Packet {
  init(_ fields: QueryFields) throws(QueryError) {
    guard let number = try fields.protocolNumber("proto") else {
      throw QueryError(
        field: fields.name("proto"), problem: "must name the packet's protocol",
        remedy: "Write tcp, udp, icmp, gre, esp, … or the protocol's number.")
    }
    self.init(
      try fields.requiredAddress("src"), try fields.requiredAddress("dst"), protocolNumber: number)
    guard source.isIPv6 == destination.isIPv6 else {
      throw QueryError(field: fields.name("dst"), problem: "is of another family than src")
    }
    sourcePort = try fields.number("sport", upTo: 65535).map { UInt16($0) }
    destinationPort = try fields.number("dport", upTo: 65535).map { UInt16($0) }
    icmpType = try fields.number(anyOf: ["icmp_type", "type"], upTo: 255).map { UInt8($0) }
    icmpCode = try fields.number(anyOf: ["icmp_code", "code"], upTo: 255).map { UInt8($0) }
    let offset = try fields.number(anyOf: ["fragment_offset", "frag_offset"], upTo: 65535) ?? 0
    let isMarked = try fields.bool("fragment")
    isLaterFragment = isMarked ?? (offset > 0)
    switch fields["ip_options"] {
    case nil, .bool(false): hasOptions = false
    case .array(let options): hasOptions = !options.isEmpty
    default: hasOptions = true
    }
  }
}

extension Phase1Question {
  init(_ fields: QueryFields) throws(QueryError) {
    let exchange = try fields.string("exchange") ?? "main"
    guard ["main", "aggressive"].contains(exchange) else {
      throw QueryError(
        field: fields.name("exchange"), problem: "is \"\(printable(exchange))\"",
        remedy: "Write main or aggressive.")
    }
    var offers: [Offer] = []
    for (index, offer) in try fields.objects("offers").enumerated() {
      offers.append(
        Offer(
          priority: Int(try offer.number("prio", upTo: UInt64(UInt32.max)) ?? UInt64(index + 1)),
          encryption: try offer.requiredString("encryption"),
          hash: try offer.requiredString("hash"),
          authentication: try offer.requiredString("authentication"),
          group: try offer.requiredString("group"), lifetime: try offer.number("lifetime")))
    }
    self.init(
      interface: try fields.string("interface"), peer: try fields.address("peer"),
      isAggressive: exchange == "aggressive", offers: offers)
  }
}

extension QuickModeQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    var offers: [[String]] = []
    for offer in try fields.objects("offers") {
      offers.append(try offer.strings("transform_set") ?? [])
    }
    self.init(
      peer: try fields.requiredAddress("peer"),
      proxy: try ProxyRequest(try fields.requiredObject("proxy")), offers: offers)
    interface = try fields.string("interface")
    pfsGroup = try Self.group(fields)
    if let lifetime = try fields.object("lifetime") {
      lifetimeSeconds = try lifetime.number("seconds")
      lifetimeKilobytes = try lifetime.number("kilobytes")
    }
    isTransport = try fields.string("mode").map { $0 == "transport" }
  }

  /// `"group2"`, `"2"` or 2.
  static func group(_ fields: QueryFields) throws(QueryError) -> Int? {
    guard let text = try fields.string("pfs") else { return nil }
    let digits = text.hasPrefix("group") ? String(text.dropFirst(5)) : text
    guard let number = UInt16(digits) else {
      throw QueryError(
        field: fields.name("pfs"), problem: "is \"\(printable(text))\"",
        remedy: "Write a group, such as \"group2\", or null.")
    }
    return Int(number)
  }
}

extension ProxyRequest {
  init(_ fields: QueryFields) throws(QueryError) {
    self.init(
      local: try fields.requiredRange("local"), remote: try fields.requiredRange("remote"),
      protocolNumber: try fields.protocolNumber("proto"),
      localPort: try fields.number("local_port", upTo: 65535).map { UInt16($0) },
      remotePort: try fields.number("remote_port", upTo: 65535).map { UInt16($0) })
  }
}

extension IKE2Proposal {
  init(_ fields: QueryFields, number: Int) throws(QueryError) {
    var groups: [Int] = []
    let field = fields["groups"] == nil ? "group" : "groups"
    for text in try fields.strings(field) ?? [] {
      guard let group = UInt16(text) else {
        throw QueryError(field: fields.name("groups"), problem: "holds \"\(printable(text))\"")
      }
      groups.append(Int(group))
    }
    self.init(
      number: try fields.number(anyOf: ["number", "prio"], upTo: 65535).map { Int($0) } ?? number,
      encryption: try fields.strings("encryption") ?? [],
      integrity: try fields.strings("integrity") ?? [], prf: try fields.strings("prf") ?? [],
      groups: groups)
  }

  /// The proposals of a question: `proposals`, or one `offer`.
  static func all(_ fields: QueryFields) throws(QueryError) -> [IKE2Proposal] {
    var result: [IKE2Proposal] = []
    if let offer = try? fields.object("offer") {
      result.append(try IKE2Proposal(offer, number: 1))
    }
    for name in ["proposals", "offers"] where result.isEmpty {
      for (index, proposal) in try fields.objects(name).enumerated() {
        result.append(try IKE2Proposal(proposal, number: index + 1))
      }
    }
    return result
  }
}

extension IKE2InitQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    self.init(
      interface: try fields.string("interface"), peer: try fields.address("peer"),
      proposals: try IKE2Proposal.all(fields),
      keGroup: try fields.number("ke_group", upTo: 65535).map { Int($0) })
  }
}

extension IKE2ChildQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    self.init(
      peer: try fields.requiredAddress("peer"),
      initiatorSelectors: try fields.requiredRanges("tsi"),
      responderSelectors: try fields.requiredRanges("tsr"),
      proposals: try IKE2Proposal.all(fields))
    interface = try fields.string("interface")
    protocolNumber = try fields.protocolNumber("proto")
    initiatorPort = try fields.number("tsi_port", upTo: 65535).map { UInt16($0) }
    responderPort = try fields.number("tsr_port", upTo: 65535).map { UInt16($0) }
    pfsGroup = try QuickModeQuestion.group(fields)
    isFirstChild = try fields.bool("first") ?? (pfsGroup == nil)
  }
}

extension IKE2ChildProposalQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    self.init(
      map: try fields.string("map"),
      sequence: Int(try fields.requiredNumber("seq", upTo: UInt64(UInt32.max))),
      proposals: try IKE2Proposal.all(fields))
  }
}

extension TunnelGroupQuestion {
  init(_ fields: QueryFields) throws(QueryError) {
    var certificate: Certificate?
    if let names = try fields.object("certificate") {
      certificate = Certificate(
        subject: try Self.attributes(names, "subject"), issuer: try Self.attributes(names, "issuer")
      )
    }
    self.init(
      certificate: certificate, ikeIdentity: try fields.string("ike_id"),
      peer: try fields.address("peer"))
  }

  private static func attributes(
    _ fields: QueryFields, _ name: String
  ) throws(QueryError) -> [String: [String]] {
    guard let object = try fields.object(name) else { return [:] }
    var result: [String: [String]] = [:]
    for key in object.names {
      result[key.lowercased()] = try object.strings(key) ?? []
    }
    return result
  }
}

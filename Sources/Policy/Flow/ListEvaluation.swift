import Bytes

/// What the first matching element of an access list says to a packet.
struct ListEvaluation {
  enum Outcome: Equatable {
    case permit(Int)
    case deny(Int)
    case none
  }

  /// What decides, elements that may or may not match left out; the index into the list.
  var outcome = Outcome.none
  /// Elements before the deciding one of which it cannot be told whether they match.
  var undecided: [Int] = []
  /// Elements before the deciding one that would match but are inactive or out of their time.
  var asleep: [Int] = []

  /// The plain evaluation: every element in order until one matches.
  init(_ elements: ArraySlice<CompiledACE>, _ packet: Packet, active: Set<String>?) {
    for index in elements.indices {
      let element = elements[index]
      switch element.matches(packet, active: active) {
      case .no:
        if !element.isActive || element.timeRange != nil, element.matchesFields(packet) == .yes {
          asleep.append(index)
        }
      case .maybe:
        undecided.append(index)
      case .yes:
        outcome = element.isPermit ? .permit(index) : .deny(index)
        return
      }
    }
  }

  /// As above for a decrypted packet on an ASA: deny elements are ignored (A-IN-03).
  init(
    permitsOf elements: ArraySlice<CompiledACE>, _ packet: Packet, active: Set<String>?
  ) {
    for index in elements.indices where elements[index].isPermit {
      switch elements[index].matches(packet, active: active) {
      case .no: continue
      case .maybe: undecided.append(index)
      case .yes:
        outcome = .permit(index)
        return
      }
    }
  }
}

extension ConfigurationReader {
  /// `route-map NAME [permit|deny] [n]`.
  mutating func readRouteMap(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a route map’s name")
    let isDeny = cursor.take("deny")
    _ = cursor.take("permit")
    let sequence = cursor.peekNumber() ?? 10
    guard !command.isNegated else {
      mode = .other
      return
    }
    let key = ElementIndex.Key(name: name, number: sequence)
    if let position = index.routeMapEntries[key] {
      mode = .routeMap(position)
      return
    }
    index.routeMapEntries[key] = configuration.routeMaps.count
    mode = .routeMap(configuration.routeMaps.count)
    configuration.routeMaps.append(
      RouteMapEntry(
        name: name, sequence: sequence, action: isDeny ? .deny : .permit, line: command.line))
  }

  /// `match ip address ACL …`; everything else is kept as it is.
  mutating func readRouteMapLine(
    _ position: Int, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    guard ["match", "set", "description", "continue"].contains(cursor.peek()) else { return false }
    guard cursor.take("match"), !command.isNegated else { return true }
    let isList =
      (cursor.sees("ip") || cursor.sees("ipv6")) && cursor.peek(1) == "address"
      && cursor.peek(2) != "prefix-list"
    guard isList else {
      configuration.routeMaps[position].otherMatches.append(command.line)
      return true
    }
    cursor.skip(2)
    let names = try cursor.names("an access list").map { Sourced($0, command.line) }
    configuration.routeMaps[position].accessLists.append(contentsOf: names)
    return true
  }
}

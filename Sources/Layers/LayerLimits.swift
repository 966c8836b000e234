/// How much a decoder may keep of what is not whole yet.
package struct LayerLimits: Hashable, Sendable {
  /// Incomplete fragmented datagrams at once.
  package var datagrams = 2048
  /// Memory that they take all together, in bytes.
  package var fragmentBytes = 4 << 20
  /// Nanoseconds after which an incomplete datagram is given up (RFC 791 and RFC 8200 suggest up
  /// to 60 s; systems use 30 s).
  package var reassemblyTimeout: Int64 = 30_000_000_000
  /// Incomplete datagrams remembered for the report between two calls that take them.
  package var reports = 4096
  /// Streams of IKE and ESP over TCP at once; a connection has two.
  package var streams = 512
  /// Bytes kept of one stream: its unfinished record and what arrived out of order.
  package var streamBytes = 128 << 10
  /// Bytes kept of all streams together.
  package var allStreamBytes = 4 << 20

  package init() {}
}

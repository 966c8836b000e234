import Crypto
public import Layers

/// Where in a table the flow of a packet probably stands: one look, no comparison.
///
/// Whoever asks compares what stands at the place, tries the other places of the hash where it does not
/// fit, and then asks the table. Of more flows than share the slots of a hash the latest has the first;
/// nothing but time is lost thereby, so that the hash needs no secret.
@usableFromInline
struct PlaceCache {
  private var places: [Int32]
  private var shift: UInt64

  /// Slots that flows share whose hashes begin alike, side by side: a power of two.
  @inlinable
  static var ways: Int { 8 }

  init() {
    places = Array(repeating: -1, count: 1024)
    shift = 64 - 10
  }

  /// The place noted last for a hash; -1 for none.
  @inline(__always)
  subscript(hash: UInt64) -> Int { Int(places[Int(truncatingIfNeeded: hash &>> shift)]) }

  /// As above, of another flow with that hash, or with one alike; 0 is the way of the above.
  @inline(__always)
  subscript(hash: UInt64, way: Int) -> Int {
    Int(places[Int(truncatingIfNeeded: hash &>> shift) ^ way])
  }

  /// Asks the processor for the places of a hash.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    Crypto.prefetch(places, at: Int(truncatingIfNeeded: hash &>> shift), count: 1)
  }

  /// The cache while nothing is noted.
  @usableFromInline
  struct View: ~Escapable {
    @usableFromInline let places: Span<Int32>
    @usableFromInline let shift: UInt64

    @_lifetime(copy places)
    init(_ places: Span<Int32>, shift: UInt64) {
      self.places = places
      self.shift = shift
    }

    /// The place noted last for a hash; -1 for none.
    @inlinable @inline(__always)
    subscript(hash: UInt64) -> Int { Int(places[Int(truncatingIfNeeded: hash &>> shift)]) }

    /// As above, of another flow with that hash, or with one alike; 0 is the way of the above.
    @inlinable @inline(__always)
    subscript(hash: UInt64, way: Int) -> Int {
      Int(places[Int(truncatingIfNeeded: hash &>> shift) ^ way])
    }
  }

  /// The cache, lent.
  var view: View {
    @_lifetime(borrow self) get { View(places.span, shift: shift) }
  }

  /// Notes the place of a flow; the table has `count` places by now.
  mutating func note(_ place: Int, for hash: UInt64, of count: Int) {
    if count &* 5 > places.count, places.count < 1 << 18 { grow(for: count) }
    let (slot, place) = (Int(truncatingIfNeeded: hash &>> shift), Int32(truncatingIfNeeded: place))
    var free: Int?
    for way in 0..<Self.ways {
      if places[slot ^ way] == place { return }
      if free == nil, places[slot ^ way] < 0 { free = slot ^ way }
    }
    places[free ?? slot] = place
  }

  /// What was noted is forgotten, and noted again as packets come.
  @inline(never)
  private mutating func grow(for count: Int) {
    while count &* 5 > 1 << (64 &- shift), shift > 64 - 18 { shift -= 1 }
    places = Array(repeating: -1, count: 1 << Int(64 - shift))
  }

  /// The hash of the flow of an ESP packet in a common frame.
  @inlinable @inline(__always)
  static func hash(_ packet: CommonESP) -> UInt64 {
    hash(packet.hosts & 0xffff_ffff, packet.header >> 32)
  }

  /// A hash whose upper bits depend on all bits of both numbers.
  @inlinable @inline(__always)
  static func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first &* 0x9e37_79b9_7f4a_7c15 &+ second) &* 0xc2b2_ae3d_27d4_eb4f
  }
}

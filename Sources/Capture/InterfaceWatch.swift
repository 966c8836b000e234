// Unsafe code of this file: if_nametoindex(3), and if_indextoname(3) with a buffer of the length that
// it asks for; the flags are read by a C function that fills a structure of its own.
import CLibpcap
import Glibc

/// Tells whether an interface is up and has a link, which the capture itself does not.
@safe
final class InterfaceWatch {
  /// How an interface is.
  enum State: Hashable {
    case up
    /// Taken down by somebody (IFF_UP is not set).
    case down
    /// Up, with no cable, peer or association (IFF_RUNNING is not set).
    case withoutLink
  }

  private let socket: Int32
  /// The kernel's number of it: it keeps that when it is renamed, and another one by the same name
  /// has another.
  private let index: UInt32

  /// Nil where there is nothing to watch: "any", and what is no interface of the kernel's.
  init?(_ name: String) {
    index = unsafe if_nametoindex(name)
    guard index != 0 else { return nil }
    socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
  }

  deinit {
    close(socket)
  }

  /// How it is at the moment; nil when it is not there any more.
  var state: State? {
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard unsafe if_indextoname(index, &name) != nil else { return nil }
    let flags = unsafe ikescope_interface_flags(socket, name)
    guard flags >= 0 else { return nil }
    if flags & IKESCOPE_IFF_UP == 0 { return .down }
    return flags & IKESCOPE_IFF_RUNNING == 0 ? .withoutLink : .up
  }
}

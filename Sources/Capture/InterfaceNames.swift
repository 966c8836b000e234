// Unsafe code of this file: if_nameindex(3), an array that ends with a null name and is freed once.
import Bytes
import Glibc

/// The names of this machine's interfaces, in the system's order; safe to show.
package func interfaceNames() -> [String] {
  guard let list = unsafe if_nameindex() else { return [] }
  defer { unsafe if_freenameindex(list) }
  var names: [String] = []
  var entry = unsafe list
  while let name = unsafe entry.pointee.if_name {
    names.append(printable(unsafe String(cString: name)))
    unsafe entry += 1
  }
  return names
}

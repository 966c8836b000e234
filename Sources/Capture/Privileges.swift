// Unsafe code of this file: getpwnam(3), whose static result is copied at once, the calls that
// change the process's user and groups, and setrlimit(2) with a structure of its own.
import Bytes
import CLibpcap
import Glibc

/// Gives up the privileges of root, for good: groups, then group, then user, each real, effective and
/// saved.
///
/// Called once the interface is open and every output file is created. Does nothing for a process
/// that is not root.
///
/// - Parameter user: Whom to become.
/// - Throws: When there is no such user, or the change did not take; the program must then end.
package func dropPrivileges(to user: String = "nobody") throws(CaptureError) {
  guard geteuid() == 0 else { return }
  guard let entry = unsafe getpwnam(user)?.pointee else {
    throw .notPermitted(
      what: "giving up root's privileges", advice: "there is no user \(printable(user)) (--user)")
  }
  let (userID, groupID) = unsafe (entry.pw_uid, entry.pw_gid)
  guard userID != 0 else {
    throw .notPermitted(
      what: "giving up root's privileges",
      advice: "user \(printable(user)) is root; name another one (--user)")
  }
  var groups = [groupID]
  guard unsafe setgroups(1, &groups) == 0, setgid(groupID) == 0, setuid(userID) == 0 else {
    throw .notPermitted(what: "becoming user \(printable(user))", advice: systemMessage(errno))
  }
  // Neither may come back, and root's groups must be gone.
  guard getuid() == userID, geteuid() == userID, getgid() == groupID, getegid() == groupID,
    setuid(0) != 0, seteuid(0) != 0, setgid(0) != 0 || groupID == 0,
    getgroups(0, nil) <= 1
  else {
    throw .notPermitted(
      what: "giving up root's privileges", advice: "the system would let them be taken back")
  }
}

/// Keeps what this process holds out of core dumps, and out of reach of other processes of the same
/// user (ptrace(2), /proc/PID/mem): called before the first secret is read.
///
/// What the system refuses is not an error: it is a second fence behind wiping the secrets.
package func keepMemoryPrivate() {
  var none = rlimit(rlim_cur: 0, rlim_max: 0)
  _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  // A core dump that is piped to a program ignores the limit, and heeds this.
  _ = ikescope_make_undumpable()
}

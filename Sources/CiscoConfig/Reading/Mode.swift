/// The sub-mode that the last command opened. Grammar decides it, not indentation (X-PARSE-03).
enum Mode: Hashable {
  case global
  case accessList(String)
  case certificateChain
  case certificateRule(Int)
  case cryptoMap(name: String, sequence: Int)
  case dynamicMap(name: String, sequence: Int)
  case groupPolicy(String)
  case ikev1Policy(Int)
  case ikev2Keyring(String)
  case ikev2Policy(String)
  case ikev2Profile(String)
  case ikev2Proposal(String)
  case interface(String)
  case ipsecProfile(String)
  case ipsecProposal(String)
  case isakmpProfile(String)
  case keyring(String)
  case networkObject(String)
  case objectGroup(String)
  case routeMap(Int)
  case serviceObject(String)
  case timeRange(String)
  case transformSet(String)
  case tunnelGroup(String)
  /// A sub-mode of a command that this model does not keep; its lines are taken as read.
  case other
}

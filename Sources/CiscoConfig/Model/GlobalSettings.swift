/// Settings of the device that hold for every tunnel. Nil is "not written": the platform's and
/// release's default holds.
package struct GlobalSettings: Hashable, Sendable {
  /// `crypto ipsec security-association lifetime seconds`.
  package var lifetimeSeconds: Sourced<Int>?
  /// `crypto ipsec security-association lifetime kilobytes`.
  package var lifetimeKilobytes: Sourced<KilobyteLifetime>?
  /// `crypto ipsec security-association replay window-size`; 0 for `replay disable`.
  package var replayWindow: Sourced<Int>?
  /// `crypto ipsec security-association idle-time`, seconds.
  package var idleSeconds: Sourced<Int>?
  /// `crypto isakmp enable IF`, `crypto ikev1 enable IF`, `isakmp enable IF` (A-IKE-13).
  package var ikev1Interfaces: [Sourced<String>] = []
  /// `crypto ikev2 enable IF`.
  package var ikev2Interfaces: [Sourced<String>] = []
  /// IOS `no crypto isakmp enable`, or `crypto isakmp enable` without an interface.
  package var isIKEEnabled: Sourced<Bool>?
  /// `crypto isakmp|ikev1 am-disable`, IOS `crypto isakmp aggressive-mode disable`.
  package var isAggressiveModeDisabled: Sourced<Bool>?
  /// `crypto isakmp identity …` (A-ID-01).
  package var identity: Sourced<IKEIdentity>?
  /// `crypto isakmp nat-traversal` (true), its `no` form (false), and IOS
  /// `no crypto ipsec nat-transparency udp-encapsulation` (false).
  package var natTraversal: Sourced<Bool>?
  /// `crypto isakmp nat-traversal n`, `crypto isakmp nat keepalive n`, seconds.
  package var natKeepaliveSeconds: Sourced<Int>?
  /// `crypto isakmp|ikev1 ipsec-over-tcp [port …]`; an empty list is the default, 10000 (A-TCP-01).
  package var ipsecOverTCPPorts: Sourced<[Int]>?
  /// `crypto isakmp keepalive s [r] [periodic|on-demand]`, `crypto ikev2 dpd …`.
  package var keepalive: Sourced<Keepalive>?
  /// `crypto isakmp disconnect-notify`.
  package var disconnectNotify: Sourced<Bool>?
  /// `crypto isakmp reload-wait`.
  package var reloadWait: Sourced<Bool>?
  /// `crypto isakmp invalid-spi-recovery`.
  package var invalidSPIRecovery: Sourced<Bool>?
  /// `crypto ipsec fragmentation before-encryption` (true) or `after-encryption` (false).
  package var fragmentsBeforeEncryption: Sourced<Bool>?
  /// `crypto isakmp fragmentation`, `crypto ikev2 fragmentation [mtu n]`.
  package var ikeFragmentation: Sourced<Bool>?
  /// `crypto ipsec df-bit clear|copy|set`.
  package var dfBit: Sourced<String>?
  /// `sysopt connection permit-vpn|permit-ipsec` (true) and its `no` form (false); the default is
  /// true and not shown (X-ASA-21).
  package var permitsVPN: Sourced<Bool>?
  /// `same-security-traffic permit intra-interface` (X-ASA-20).
  package var permitsIntraInterface: Sourced<Bool>?
  /// `same-security-traffic permit inter-interface`.
  package var permitsInterInterface: Sourced<Bool>?
  /// Further crypto settings, understood and without effect on a verdict.
  package var others: [SourceLine] = []

  /// Nothing written.
  package init() {}
}

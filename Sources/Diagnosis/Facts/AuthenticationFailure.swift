import ISAKMP
import Registries
import Tracking

/// A proof of identity that was not accepted, and what is known of the key behind it.
struct AuthenticationFailure {
  /// What can be said of the pre-shared keys of the two ends.
  enum KeyVerdict: Hashable {
    /// Proven to differ, by this.
    case differ(String)
    /// Seem to differ, by this.
    case seemToDiffer(String)
    /// Proven to be the same, by this.
    case agree(String)
    case unknown
  }

  /// The refusal; nil where there is only silence.
  let refusal: Refusal?
  /// The proof that was not answered; nil where it was refused.
  let stall: Stall?
  let keys: KeyVerdict

  /// The message that proves its sender's identity.
  var proof: SeenMessage? { refusal?.request ?? stall?.message }

  /// What both show.
  var evidence: [Evidence] {
    if let refusal {
      return refusal.evidence(
        "proves the sender's identity",
        refusal.notifyName.map { "refused with \($0)" } ?? "an answer that cannot be read")
    }
    return stall?.evidence("proves the sender's identity") ?? []
  }
}

extension TunnelFacts {
  /// What went wrong when an end proved who it is; nil where nothing did, or where the proof may
  /// never have arrived.
  func authenticationFailure(_ scene: Scene) -> AuthenticationFailure? {
    guard !isEstablished else { return nil }
    if let refusal = refusal(.authentication) {
      return AuthenticationFailure(refusal: refusal, stall: nil, keys: keyVerdict(refusal))
    }
    guard let stall, stall.isOver(at: scene.now), ike.mode == .main, stall.message.step == 5,
      !stall.repeatedByPeer.isEmpty, !stall.isOnNATPort, !stall.isInPieces, !stall.isLarge,
      usesPreSharedKey == true
    else { return nil }
    return AuthenticationFailure(
      refusal: nil, stall: stall,
      keys: .seemToDiffer(
        "the responder repeats MM4, as if MM5 made no sense to it, on a port that works"))
  }

  private func keyVerdict(_ refusal: Refusal) -> AuthenticationFailure.KeyVerdict {
    if let checked = checkedKeys() { return checked }
    guard usesPreSharedKey != false else { return .unknown }
    if isV1, ike.mode != .aggressive { return mainModeVerdict(refusal) }
    if isV1, refusal.by == .initiator {
      return .seemToDiffer(
        "the initiator gave up on seeing the responder's HASH_R, which the key is part of")
    }
    return .unknown
  }

  /// What given keys say: a key that verifies a refused proof exonerates the key; two given keys
  /// of which one does and one does not are two different keys.
  private func checkedKeys() -> AuthenticationFailure.KeyVerdict? {
    let checks = ike.authenticationChecks.filter {
      if case .preSharedKey = $0.means { return true }
      return false
    }
    guard let first = checks.first else { return nil }
    let good = checks.count { $0.verifies }
    if good == checks.count {
      return .agree("the proof of the \(first.from.name) verifies with the key that was given")
    }
    if good > 0 {
      return .differ(
        "of the keys given for these two ends one verifies the proof and another does not")
    }
    return .differ(
      "the proof of the \(first.from.name) does not verify with the key that was given")
  }

  /// In main mode the key is part of what encrypts: whoever reads the other's message has it.
  private func mainModeVerdict(_ refusal: Refusal) -> AuthenticationFailure.KeyVerdict {
    if ike.keysDisagree {
      return .differ("the messages of the two ends open with different keys")
    }
    if refusal.reply.opening == .opened, refusal.request.opening == .opened {
      return .agree("both ends' encrypted messages open with the same keys")
    }
    if refusal.says(.malformed, .invalidHash) || refusal.notify != nil && !isProtected(refusal) {
      return .seemToDiffer(
        "the responder complains about MM5 in clear: it could not make sense of what is inside")
    }
    let again = refusal.copies.count { refusal.reply.sighting.isBefore($0) }
    if refusal.isHidden, again > 0 {
      return .seemToDiffer(
        "the initiator repeats MM5 although it was answered: it cannot read the answer either")
    }
    if refusal.isHidden {
      return .agree(
        "the initiator stopped at once when the encrypted refusal came, so it could read it")
    }
    return .unknown
  }

  private func isProtected(_ refusal: Refusal) -> Bool { refusal.notify?.isProtected ?? false }
}

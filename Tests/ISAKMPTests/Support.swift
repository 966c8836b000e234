import Bytes
import ISAKMP
import Registries
import TestSupport

/// The bytes as a message; nil when there is no header.
func parsed(_ bytes: [UInt8], missing: Int = 0) -> Message? {
  try? Message(parsing: bytes.rawSpan, missing: missing)
}

/// A message of one payload, and that payload.
func single(
  version: UInt8, exchange: UInt8? = nil, _ payload: IKEBuilder.Payload
) -> (message: Message?, payload: Payload?) {
  let bytes = IKEBuilder.message(
    version: version, exchange: exchange ?? (version == 1 ? 2 : 34), [payload])
  let message = parsed(bytes)
  return (message, message?.payloads.first)
}

/// The payloads of an opened body.
func opened(
  _ bytes: [UInt8], first: UInt8, version: IKEVersion, exchange: ExchangeType
) -> PayloadList {
  PayloadList(
    parsing: bytes.rawSpan, first: first,
    context: PayloadContext(version: version, exchange: exchange))
}

/// Bytes that count up, for values whose content does not matter.
func filler(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 + 1) } }

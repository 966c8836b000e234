/// What a root cause means, how it shows and what to do: the answer of `explain --cause`.
package struct CauseRecord: Hashable, Sendable {
  /// Its identifier: `psk_mismatch`.
  package var cause: String = ""
  /// What it belongs with: `authentication`.
  package var family: String = ""
  /// `error`, `warning` or `info`, unless a finding says otherwise.
  package var severity: String = ""
  /// A few words.
  package var title: String = ""
  /// What it means.
  package var meaning: String = ""
  /// How it shows on the wire and in the devices' own messages.
  package var shows: String = ""
  /// What to do, whatever the device.
  package var remedy: String = ""
  /// ASA commands, where there are any.
  package var asa: String? = nil
  /// IOS commands, where there are any.
  package var ios: String? = nil
  /// Causes that look the same at first.
  package var lookAlikes: [String] = []

  package init() {}
}

extension CauseRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("cause", cause)
    json.member("family", family)
    json.member("severity", severity)
    json.member("title", title)
    json.member("meaning", meaning)
    json.member("shows", shows)
    json.member("remedy", remedy)
    json.member("asa", asa)
    json.member("ios", ios)
    json.member("lookAlikes", lookAlikes)
    json.endObject()
  }
}

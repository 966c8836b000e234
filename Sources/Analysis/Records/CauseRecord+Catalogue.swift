import Diagnosis
package import Timeline

extension CauseRecord {
  /// Every cause that can be found, in the order of the catalogue.
  package static var all: [CauseRecord] { Catalogue.all.map(CauseRecord.init) }

  private init(_ cause: Cause) {
    self.init()
    self.cause = cause.id
    family = cause.family.rawValue
    severity = cause.severity.rawValue
    title = cause.title
    meaning = cause.meaning
    shows = cause.shows
    remedy = cause.remedy.text
    asa = cause.remedy.asa
    ios = cause.remedy.ios
    lookAlikes = cause.lookAlikes
  }
}

import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("Interruption")
struct InterruptionTests {
  @Test("A wish to end, once uttered, stays")
  func raised() throws {
    let interruption = try Interruption()
    #expect(!interruption.isRaised)
    interruption.raise()
    #expect(interruption.isRaised)
    #expect(interruption.isRaised)
  }

  @Test("Whoever waits for a pipe wakes up, and what was read is kept", .timeLimit(.minutes(1)))
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let made = unsafe mkfifo(path, 0o600)
    try #require(made == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try FileHandle(forUpdating: URL(filePath: path))
    defer { try? writer.close() }
    var capture = CaptureBuilder()
    capture.pcapHeader()
    capture.pcapRecord([1, 2, 3])
    try writer.write(contentsOf: Data(capture.bytes))

    let interruption = try Interruption()
    let source = try openCaptures([path], interruption: interruption)
    #expect(try source.nextBatch()?.frames.count == 1)
    interruption.raise()
    #expect(try source.nextBatch() == nil)
    #expect(source.captures[0].warnings == ["reading was interrupted, behind frame 1"])
    #expect(!source.captures[0].truncated)
  }

  @Test("A signal raises it")
  func signal() async {
    await #expect(processExitsWith: .success) {
      let interruption = try Interruption()
      interruption.raiseOnSignals([SIGUSR1])
      kill(getpid(), SIGUSR1)
      let hasWoken = interruption.wait(for: -1, milliseconds: 10_000) == .interrupted
      exit(hasWoken && interruption.isRaised ? 0 : 1)
    }
  }
}

// swift-tools-version: 6.2
import PackageDescription

// One direction of flow, from frame to finding: a room imports only rooms listed before it.

let settings: [SwiftSetting] =
  [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // Non-escapable cursors over borrowed packet bytes (`WireReader`); SE-0446 types exist, the
    // attribute that ties their lifetimes together is still spelled as an experiment in 6.2 and 6.3.
    .enableExperimentalFeature("Lifetimes"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A room of the house: a target with the house's settings.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a room.
func tests(
  of name: String, _ more: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + more,
    exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "ikescope",
  products: [.executable(name: "ikescope", targets: ["ikescope"])],
  dependencies: [
    // The command line is the document: help, completion and exit codes for usage errors, kept by
    // Apple, 18 CPU seconds of a clean debug build.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CLibpcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    room("Bytes"),
    room("Registries", ["Bytes"]),
    room("Crypto", ["Bytes", "CLibcrypto"]),
    room("Capture", ["Bytes", "CLibpcap", "CZlib"]),
    room("Layers", ["Bytes", "Capture"]),
    room("ESP", ["Bytes"]),
    room("ISAKMP", ["Bytes", "Crypto", "Registries"]),
    room("Timeline", ["Bytes"]),
    room("Keys", ["Bytes", "Crypto", "Registries"]),
    room("CiscoConfig", ["Bytes"]),
    room("Tracking", ["Bytes", "Crypto", "ESP", "ISAKMP", "Keys", "Layers", "Registries"]),
    room("Policy", ["Bytes", "CiscoConfig"]),
    room(
      "Diagnosis",
      ["Bytes", "CiscoConfig", "ISAKMP", "Policy", "Registries", "Timeline", "Tracking"]),
    room("Reporting", ["Bytes", "Timeline"]),
    room(
      "Analysis",
      [
        "Bytes", "Capture", "CiscoConfig", "Crypto", "Diagnosis", "ESP", "ISAKMP", "Keys", "Layers",
        "Policy", "Registries", "Timeline", "Tracking",
      ]),
    .executableTarget(
      name: "ikescope",
      dependencies: [
        "Analysis", "Bytes", "Capture", "CiscoConfig", "Diagnosis", "Keys", "Policy", "Reporting",
        "Timeline", "Tracking",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["Bytes", "Capture", "Crypto"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .executableTarget(
      name: "replay", dependencies: ["Bytes", "Capture", "CLibpcap"], path: "Tests/Replay",
      swiftSettings: settings),
    tests(of: "Bytes"),
    tests(of: "Registries"),
    tests(of: "Crypto", ["Bytes"]),
    tests(of: "Capture", ["Bytes", "replay"]),
    tests(of: "Layers", ["Bytes", "Capture"]),
    tests(of: "ESP", ["Bytes"]),
    tests(of: "ISAKMP", ["Bytes", "Crypto", "Registries"]),
    tests(of: "Timeline", ["Bytes"]),
    tests(of: "Keys", ["Bytes", "Crypto", "Registries"]),
    tests(of: "CiscoConfig", ["Bytes"]),
    tests(of: "Tracking", ["Bytes", "Crypto", "ESP", "ISAKMP", "Keys", "Layers", "Registries"]),
    tests(of: "Policy", ["Bytes", "CiscoConfig"]),
    tests(
      of: "Diagnosis",
      [
        "Analysis", "Bytes", "Capture", "CiscoConfig", "ISAKMP", "Keys", "Policy", "Registries",
        "Timeline", "Tracking",
      ]),
    tests(of: "Reporting", ["Bytes", "Timeline"]),
    tests(
      of: "Analysis",
      [
        "AllocationCounter", "Bytes", "Capture", "CiscoConfig", "Crypto", "Keys", "Policy",
        "Reporting", "Timeline",
        "Tracking",
      ],
      exclude: ["Goldens"]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["Bytes", "TestSupport", "ikescope", "replay"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// `make bench` alone builds this: what look-ups in large access lists cost.
if Context.environment["IKESCOPE_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "policybench", dependencies: ["Bytes", "CiscoConfig", "Policy"],
      path: "Benchmarks/Policy", exclude: ["run.sh"]))
}

// `make fuzz` and `make soak` alone build these. Every module of the first is instrumented, and it links
// libFuzzer; the second is built as the product is.
if Context.environment["IKESCOPE_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Analysis", "Bytes", "Capture", "CiscoConfig", "Crypto", "ESP", "ISAKMP", "Keys", "Layers",
        "Policy", "Registries", "Reporting", "TestSupport", "Timeline", "Tracking",
      ],
      path: "Benchmarks/Fuzz", exclude: ["run"],
      swiftSettings: [.unsafeFlags(["-enable-testing"])]),
    .executableTarget(
      name: "Damage",
      dependencies: [
        "Analysis", "Capture", "CiscoConfig", "Keys", "Reporting", "TestSupport", "Timeline",
      ],
      path: "Benchmarks/Damage"),
  ]
}

// swift-tools-version: 6.2
import PackageDescription

// What `make bench` needs beside the program: a maker of captures, and a meter of CPU and memory.
// A package of its own, so that the product does not carry it.
let package = Package(
  name: "Benchmarks",
  targets: [
    .systemLibrary(
      name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .executableTarget(name: "captures", dependencies: ["CLibcrypto"]),
  ],
  swiftLanguageModes: [.v6]
)

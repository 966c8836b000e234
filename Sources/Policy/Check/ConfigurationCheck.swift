import CiscoConfig

/// The static checks of a configuration (rules §8).
struct ConfigurationCheck {
  let configuration: CryptoConfiguration
  let lists: [String: CompiledACL]
  let maps: [String: CompiledMap]

  init(
    _ configuration: CryptoConfiguration, lists: [String: CompiledACL],
    maps: [String: CompiledMap]
  ) {
    self.configuration = configuration
    self.lists = lists
    self.maps = maps
  }

  func findings() -> [ConfigurationFinding] { [] }
}

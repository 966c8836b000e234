import ArgumentParser

@main
struct Ikescope: ParsableCommand {
}

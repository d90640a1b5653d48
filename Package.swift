// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A release needs no Swift on the machine. The compiler must know too: it then links what a static Foundation needs.
let release = BuildSettingCondition.when(platforms: [.linux], configuration: .release)

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

/// A module and what it may import; read from top to bottom, the calls below are the project's diagram.
func module(
    _ name: String, _ uses: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []
) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: settings, plugins: plugins)
}

/// A program; a release of it is linked whole, since it needs no Swift on the machine.
func program(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: uses, swiftSettings: settings + [.unsafeFlags(["-static-stdlib"], release)],
        linkerSettings: [.unsafeFlags(["-static-stdlib"], release)])
}

/// A program that a plugin runs.
func tool(_ name: String) -> Target {
    .executableTarget(name: name, swiftSettings: settings)
}

/// Runs a tool while a module is built.
func plugin(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .plugin(name: name, capability: .buildTool, dependencies: uses, path: "Sources/" + name)
}

/// A module's tests, with real servers from LocalCluster where they need one; then "Waiting" has them wait on own threads.
func tests(_ name: String, _ uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name)] + uses, resources: resources,
        swiftSettings: settings)
}

let package = Package(
    name: "scry-backfill",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "scry-backfill", targets: ["scry-backfill"]),
        .executable(name: "scry-benchmark", targets: ["Benchmark"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),

        tool("ScriptsGenerator"),
        plugin("ScriptsPlugin", ["ScriptsGenerator"]),
        module("Scripts", plugins: ["ScriptsPlugin"]),
        module("Postgres"),
        module("Processes", ["Postgres"]),
        module("Pgoutput", ["Postgres"]),
        module("Changes", ["Pgoutput", "Postgres"]),
        module("Job", ["Postgres"]),
        module("Libpq", ["CLibpq", "Postgres"]),
        module("Catalog", ["Libpq", "Postgres", "Scripts"]),
        module("Publisher", ["Catalog", "Job", "Libpq", "Pgoutput", "Postgres", "Processes", "Scripts"]),
        module("Preflight", ["Catalog", "Job", "Libpq", "Postgres", "Publisher", "Scripts"]),
        module("Subscriber", ["Catalog", "Changes", "Job", "Libpq", "Pgoutput", "Postgres", "Scripts"]),
        module(
            "Backfill",
            [
                "Catalog", "Changes", "Job", "Libpq", "Pgoutput", "Postgres", "Preflight", "Processes", "Publisher",
                "Subscriber", logging,
            ]),
        module("Configuration", ["Job", "Libpq", "Postgres", toml]),
        module("Metrics", ["Configuration", "Postgres", flyingSocks]),
        module(
            "Commands",
            [
                "Backfill", "Catalog", "Configuration", "Job", "Libpq", "Postgres", "Preflight", "Publisher",
                "Scripts", logging,
            ]),
        module(
            "Shell",
            ["CLibedit", "Catalog", "Commands", "Configuration", "Libpq", "Postgres", "Processes", "Scripts"]),
        module("LocalCluster", ["Libpq", "Postgres", "Processes"]),
        program(
            "scry-backfill",
            [
                "Backfill", "Catalog", "Commands", "Configuration", "Job", "Libpq", "LocalCluster", "Metrics",
                "Postgres",
                "Scripts", "Shell", argumentParser, logging,
            ]),
        program("Benchmark", ["Libpq", "LocalCluster", "Postgres", "Processes", argumentParser]),

        .target(
            name: "Waiting", dependencies: ["Libpq"], path: "Tests/Waiting", swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        tests("Changes", ["Pgoutput", "Postgres"]),
        tests("Catalog", ["Libpq", "LocalCluster", "Postgres", "Waiting"]),
        tests(
            "Commands",
            ["Backfill", "Configuration", "Job", "Libpq", "LocalCluster", "Postgres", "Subscriber", "Waiting"],
            resources: [.copy("Snapshots")]),
        tests(
            "Backfill",
            ["Catalog", "Job", "Libpq", "LocalCluster", "Postgres", "Publisher", "Subscriber", "Waiting", logging],
            resources: [.copy("Schemas")]),
        tests("Benchmark", ["Postgres", "Processes", "Waiting"]),
        tests("Configuration", ["Job", "Libpq", "Postgres"]),
        tests("Metrics", ["Configuration", "Postgres"]),
        .testTarget(
            name: "ExecutableTests",
            dependencies: [
                "scry-backfill", "Backfill", "Commands", "Configuration", "Job", "Libpq", "LocalCluster", "Metrics",
                "Postgres", "Shell", "Subscriber", "Waiting", logging,
            ],
            swiftSettings: settings),
        tests("Job", ["Postgres"]),
        tests("Libpq", ["LocalCluster", "Postgres", "Waiting"]),
        tests("LocalCluster", ["Libpq", "Postgres", "Processes", "Waiting"]),
        tests("Pgoutput", ["Postgres"], resources: [.copy("Fixtures"), .copy("Snapshots")]),
        tests("Postgres", ["Libpq", "LocalCluster", "Waiting"]),
        tests("Processes", ["Postgres"]),
        tests("Preflight", ["Job", "Libpq", "LocalCluster", "Postgres", "Waiting"]),
        tests("Publisher", ["Catalog", "Job", "Libpq", "LocalCluster", "Postgres", "Waiting"]),
        tests("Scripts"),
        tests("ScriptsGenerator"),
        tests(
            "Shell", ["Commands", "Configuration", "Libpq", "LocalCluster", "Postgres", "Processes", "Waiting"],
            resources: [.copy("Scripts")]),
        tests(
            "Subscriber", ["Catalog", "Changes", "Job", "Libpq", "LocalCluster", "Pgoutput", "Postgres", "Waiting"],
            resources: [.copy("States")]),
    ],
    cLanguageStandard: .gnu2x
)

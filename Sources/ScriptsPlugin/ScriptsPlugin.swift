import PackagePlugin

/// Has `ScriptsGenerator` write the `.sql` files of a module into a Swift file of the same module.
///
/// `Sources/Scripts/sql` is a link to `sql/`: SwiftPM runs a plugin again when the folders of its module gain or lose a
/// file, and watches no other folder. Without the link, a new file would be left out until the next clean build.
@main struct ScriptsPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let files = target.sourceModule?.sourceFiles(withSuffix: "sql").map(\.url) ?? []
        let folder = target.directoryURL.appending(path: "sql")
        let output = context.pluginWorkDirectoryURL.appending(path: "Script+Embedded.swift")
        return [
            .buildCommand(
                displayName: "Embedding sql/", executable: try context.tool(named: "ScriptsGenerator").url,
                arguments: [output.path(percentEncoded: false), folder.path(percentEncoded: false)]
                    + files.map { $0.path(percentEncoded: false) },
                inputFiles: files, outputFiles: [output])
        ]
    }
}

import Foundation

@main
struct Main {
    static func main() async {
        let arguments = CommandLine.arguments
        SecretArguments.blank()
        exit(await Program.run(arguments, variables: ProcessInfo.processInfo.environment))
    }
}

import Foundation
import Testing
import Waiting

@Suite(.blocking) struct DemoTests {
    @Test func runsAScriptOnBothServersAndRemovesThem() throws {
        let script = """
            select count(*) >= 20000 from users, orders where users.id = orders.user_id;
            \\conninfo
            \\use shadow
            \\conninfo
            select count(*) from pg_class where relname = 'orders';
            """
        let run = try ProgramRun(["demo", "-XqAt", "-f", "s.sql"], files: ["s.sql": script])
        #expect(run.errors == "")
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "t")
        #expect(lines.last == "0")
        let folders = folders(in: run.output)
        #expect(folders.count == 2)
        for folder in folders { #expect(!FileManager.default.fileExists(atPath: folder)) }
    }

    @Test func doesTheMainJobFromAScript() throws {
        let script = """
            \\set ON_ERROR_STOP on
            \\check
            \\publish users orders
            \\backfill start
            \\backfill wait caught-up --timeout 60
            INSERT INTO users (id, email, name) VALUES (900001, 'new@example.com', 'New');
            UPDATE users SET name = 'Changed' WHERE id = 1;
            DELETE FROM orders WHERE id = 2;
            \\backfill wait caught-up --timeout 60
            \\use shadow
            \\t
            SELECT id, email, name FROM users WHERE id IN (1, 900001) ORDER BY id;
            SELECT count(*) FROM orders WHERE id = 2;
            SELECT count(*) > 20000 FROM orders;
            """
        let run = try ProgramRun(["demo", "-XqA", "-f", "s.sql"], files: ["s.sql": script])
        #expect(run.errors == "")
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("1|user1@example.com|Changed\n900001|new@example.com|New\n0\nt\n"))
        #expect(run.output.contains("All checks passed"))
    }

    @Test func itsTrafficGoesOn() throws {
        // The third turn wakes who waits for it.
        let trigger = """
            CREATE FUNCTION wake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep';
                RETURN NULL;
            END $$;
            CREATE TRIGGER wake AFTER INSERT ON events FOR EACH ROW WHEN ((NEW.details->>'turn')::int >= 3)
                EXECUTE PROCEDURE wake()
            """
        let wait = """
            DO $$ BEGIN
                PERFORM pg_sleep(120);
                RAISE 'no third turn has come';
            EXCEPTION WHEN query_canceled THEN
            END $$
            """
        let run = try ProgramRun(["demo", "-Xq", "-c", trigger, "-c", wait])
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func hasTheShellsExitStatuses() throws {
        #expect(try ProgramRun(["demo", "-Xc", "select 1/0"]).status == 1)
        #expect(try ProgramRun(["demo", "-X", "-v", "ON_ERROR_STOP=1"], input: "select 1/0;\n").status == 3)
    }

    /// The shell is killed by its own child; what it started, an engine too, is watched by another process.
    @Test func leavesNothingWhenKilled() throws {
        let run = try ProgramRun([
            "demo", "-XqAt", "-c", "\\publish users", "-c", "\\backfill start", "-c", "\\conninfo",
            "-c", "\\! cat /proc/$PPID/task/*/children; kill -KILL $PPID",
        ])
        #expect(run.status == SIGKILL)
        let folder = try #require(folders(in: run.output).first)
        let watchers = run.output.split(separator: "\n").last?.split(separator: " ") ?? []
        // The servers' two watchdogs, the engine, and the shell that reported them.
        #expect(watchers.count == 4)
        for watcher in watchers {
            // Waits for a process that is nobody's child here.
            let wait = try Process.run(
                URL(filePath: "/usr/bin/tail"), arguments: ["--pid=\(watcher)", "-f", "/dev/null"])
            wait.waitUntilExit()
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func theUsersVariablesDoNotLeadItElsewhere() throws {
        let run = try ProgramRun(
            ["demo", "-XAtc", "select current_database()", "-c", "\\use shadow", "-c", "select 1"],
            environment: [
                "PGHOSTADDR": "192.0.2.1", "PGSERVICE": "production", "PGOPTIONS": "--no-such-option",
                "SCRY_BACKFILL_SHADOW": "host=production",
            ])
        #expect(run.errors == "")
        #expect(run.output.hasPrefix("shop\n") && run.output.hasSuffix("1\n"))
    }

    @Test func keepsTheFoldersOnRequest() throws {
        let run = try ProgramRun(["demo", "--keep", "-Xqc", "\\conninfo"])
        #expect(run.status == 0)
        let folders = folders(in: run.errors)
        #expect(folders.count == 2)
        for folder in folders {
            #expect(FileManager.default.fileExists(atPath: folder + "/data/PG_VERSION"))
            try FileManager.default.removeItem(atPath: folder)
        }
    }

    @Test(arguments: [["shop"], ["--no-such-option"], ["-h", "production"]])
    func refusesWhatItDoesNotKnow(_ arguments: [String]) throws {
        let run = try ProgramRun(["demo"] + arguments)
        #expect(run.status == 1)
        #expect(run.errors.contains("demo --help"))
    }

    @Test func helpNamesItsOptions() throws {
        let run = try ProgramRun(["demo", "--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("--keep") && run.output.contains("--command=COMMAND"))
        #expect(!run.output.contains("--host"))
    }

    /// The servers' folders, as paths in a text.
    private func folders(in text: String) -> Set<String> {
        let folders = ["/scry-source-", "/scry-shadow-"]
        return Set(
            text.split { " \",\n".contains($0) }.map { String($0).trimmingCharacters(in: ["."]) }
                .filter { word in folders.contains { word.contains($0) } && !word.contains("pg_ctl") })
    }
}

import Testing

// What is sent again, and tables that were copied at other positions than the job's.
extension StreamPositionsTests {
    @Test func whatTheJobHasIsSkippedWhenItIsSentAgain() {
        StreamScript.play(
            job: 190, lastCommit: 180,
            """
            next            | report 190 190 190
            begin 150
            change a@50     | skipped
            end 150 160
            begin 180
            change a@50     | skipped
            end 180 190
            begin 185
            change a@50     | skipped
            end 185 189
            begin 200
            change a@50     | applied
            end 200 210
            dry             | commit 200 210
            confirm         | 1
            """)
    }

    @Test func changesBeforeATablesSnapshotCameWithItsCopy() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@181    | skipped
            change b@180    | applied
            change c@0      | applied
            end 180 190
            dry             | commit 180 190
            """)
    }

    @Test func tablesThatCatchUpAloneMoveBeforeTheJobsPosition() {
        StreamScript.play(
            job: 300, lastCommit: 280, catchingUp: ["a": 100],
            """
            next            | report 100 100 100
            begin 150
            change b@50     | skipped
            change a@100+   | applied
            end 150 160
            dry             | commit 150 160 nearer a
            confirm         | 1
            next            | report 160 160 160
            begin 280
            change b@50     | skipped
            end 280 290
            at 1000
            next            | proceed
            begin 310
            change b@50     | applied
            change a@100+   | applied
            end 310 320
            dry             | commit 310 320 reached a
            confirm         | 1 a
            next            | report 320 320 320
            begin 330
            change b@50     | applied
            end 330 340
            dry             | commit 330 340
            confirm         | 1
            """)
    }

    @Test func oneBatchMayCrossTheJobsPosition() {
        StreamScript.play(
            job: 300, lastCommit: 280, catchingUp: ["a": 100],
            """
            next            | report 100 100 100
            begin 270
            change a@100+   | applied
            end 270 280
            begin 310
            change b@50     | applied
            end 310 320
            dry             | commit 310 320 reached a
            confirm         | 2 a
            """)
    }

    @Test func anIdlePositionAfterTheJobsIsWhereTablesHaveCaughtUp() {
        StreamScript.play(
            job: 300, catchingUp: ["a": 100, "b": 200],
            """
            next            | report 100 100 100
            keepalive 250
            at 1000
            next            | proceed
            keepalive 300
            next            | note 300 a b
            next            | report 300 300 300
            keepalive 300
            next            | proceed
            """)
    }

    @Test func aTableThatWasCopiedAfterTheJobsPositionCatchesUpWithTheFirstPositionThere() {
        StreamScript.play(
            job: 300, lastCommit: 280, catchingUp: ["a": 400],
            """
            next            | report 300 300 300
            begin 310
            change b@50     | applied
            change a@400+   | skipped
            end 310 320
            dry             | commit 310 320 reached a
            confirm         | 1 a
            next            | report 320 320 320
            begin 390
            change a@400    | skipped
            end 390 395
            begin 410
            change a@400    | applied
            end 410 420
            dry             | commit 410 420
            """)
    }
}

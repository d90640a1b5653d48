import Testing

/// What a session of the stream applies, commits, notes and reports: an event a line.
@Suite struct StreamPositionsTests {
    @Test func aTransactionIsReportedOnceTheShadowHasConfirmedIt() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            next            | proceed
            data 150 150
            begin 180
            change a@50     | applied
            dry             | proceed
            end 180 190
            next            | proceed
            dry             | commit 180 190
            next            | proceed
            keepalive 195 reply
            next            | report 195 100 100
            confirm         | 1
            next            | note 195
            next            | report 195 195 195
            next            | proceed
            """)
    }

    @Test func aBatchTakesInTransactionsUntilItsTimeIsOver() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@50     | applied
            end 180 190
            next            | proceed
            begin 200
            change b@50     | applied
            at 30
            next            | proceed
            end 200 210
            next            | commit 200 210
            confirm         | 2
            next            | report 210 210 210
            """)
    }

    @Test func aBatchIsFullByItsChanges() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@50     | applied
            end 180 190 19999
            next            | proceed
            begin 200
            change a@50     | applied
            end 200 210 20000
            next            | commit 200 210
            """)
    }

    @Test func nothingIsDoneWhileACommitIsUnderWay() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@50     | applied
            end 180 190
            stop
            next            | commit 180 190
            next            | proceed
            dry             | proceed
            confirm         | 1
            next            | report 190 190 190
            next            | stopped
            """)
    }

    @Test func aTransactionWithNothingToApplyIsNotedBeforeItIsReported() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@300    | skipped
            end 180 190
            next            | proceed
            at 400
            next            | proceed
            at 500
            next            | note 190
            next            | report 190 190 190
            next            | proceed
            """)
    }

    @Test func whatArrivesWithNothingToApplyJoinsAnOpenBatch() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            change a@50     | applied
            end 180 190
            begin 200
            end 200 210 1
            dry             | commit 200 210
            """)
    }

    @Test func aKeepaliveInTheMiddleOfATransactionIsNoPositionToNote() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            keepalive 170
            at 1000
            next            | proceed
            change a@50     | applied
            keepalive 175 reply
            next            | report 175 100 100
            end 180 190
            dry             | commit 180 190
            """)
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            keepalive 170 inside
            at 1000
            next            | proceed
            """)
    }

    @Test func aRequestedReplyComesAtOnceAndNotesFirst() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            keepalive 120
            next            | proceed
            keepalive 130 reply
            next            | note 130
            next            | report 130 130 130
            """)
    }

    @Test func aStatusIsSentFromTimeToTime() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            at 9999
            next            | proceed
            at 10000
            next            | report 100 100 100
            next            | proceed
            at 20000
            next            | report 100 100 100
            """)
    }

    @Test func aShellThatWaitsSeesTheLatestPosition() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            keepalive 130
            next            | proceed
            wake
            next            | note 130
            next            | report 130 130 130
            next            | proceed
            """)
    }

    @Test func aHeldSlotStaysWhereItIs() {
        StreamScript.play(
            job: 100,
            """
            hold
            next            | report 100 0 100
            begin 180
            change a@50     | applied
            end 180 190
            dry             | commit 180 190
            confirm         | 1
            next            | report 190 0 190
            release
            at 10000
            next            | report 190 190 190
            """)
    }

    @Test func tablesAreExcludedBetweenTransactions() {
        StreamScript.play(
            job: 100, catchingUp: ["a": 100],
            """
            next            | report 100 100 100
            begin 180
            change a@100+   | applied
            exclude a
            next            | proceed
            end 180 190
            next            | commit 180 190 reached a
            next            | proceed
            confirm         | 1 a
            next            | report 190 190 190
            next            | exclude a
            nothing
            next            | proceed
            """)
    }

    @Test func anExcludedTableDoesNotCatchUp() {
        StreamScript.play(
            job: 300, catchingUp: ["a": 100, "b": 100],
            """
            next            | report 100 100 100
            exclude a
            next            | exclude a
            nothing
            keepalive 310
            at 1000
            next            | note 310 b
            """)
    }

    @Test func theStreamBeginsAgainBetweenTransactions() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            begin 180
            restart
            next            | proceed
            change a@50     | applied
            end 180 190
            next            | commit 180 190
            confirm         | 1
            next            | report 190 190 190
            next            | restarts
            """)
    }

    @Test func aPhaseEndsAtItsTarget() {
        StreamScript.play(
            job: 100,
            """
            target 200
            next            | report 100 100 100
            keepalive 190
            next            | proceed
            keepalive 200
            next            | note 200
            next            | report 200 200 200
            next            | reached
            """)
        StreamScript.play(
            job: 250,
            """
            target 200
            next            | report 250 250 250
            next            | reached
            """)
    }

    @Test func aStopWaitsForTheTransactionInHand() {
        StreamScript.play(
            job: 100,
            """
            next            | report 100 100 100
            keepalive 120
            begin 180
            stop
            next            | proceed
            end 180 190
            next            | note 190
            next            | report 190 190 190
            next            | stopped
            """)
    }
}

internal import Postgres

/// `\if` and its kin. They run in inactive branches too: that is how a block ends.
extension PsqlCommand {
    static let conditional: [PsqlCommand] = [
        PsqlCommand(
            "if", section: .conditional, help: [Help("\\if EXPR", "begin conditional block")], runsWhenInactive: true,
            run: { $0.beginBlock() }),
        PsqlCommand(
            "elif", section: .conditional,
            help: [Help("\\elif EXPR", "alternative within current conditional block")], runsWhenInactive: true,
            run: { $0.alternative() }),
        PsqlCommand(
            "else", section: .conditional,
            help: [Help("\\else", "final alternative within current conditional block")], runsWhenInactive: true,
            run: { $0.otherwise() }),
        PsqlCommand(
            "endif", section: .conditional, help: [Help("\\endif", "end conditional block")], runsWhenInactive: true,
            run: { $0.endBlock() }),
    ]
}

extension CommandCall {
    /// All arguments, evaluated only while the innermost block is active.
    private func expression() -> String {
        var words: [String] = []
        while let word = argument() { words.append(word) }
        return words.joined(separator: " ")
    }

    /// An invalid expression is reported and false.
    private func isTrue(_ what: String) -> Bool {
        let text = expression()
        guard let value = VariableValue.bool(text) else {
            log.error(SpecialVariables.notBoolean(text, what).message)
            return false
        }
        return value
    }

    fileprivate func beginBlock() -> CommandResult {
        let isActive = scan.isActive
        scan.conditionals.push(isActive ? .isTrue : .ignored)
        scan.saveText()
        if !isActive {
            _ = expression()
        } else if !isTrue("\\if expression") {
            scan.conditionals.replaceTop(.isFalse)
        }
        return .done
    }

    fileprivate func alternative() -> CommandResult {
        switch scan.conditionals.top {
        case .isTrue:
            scan.saveText()
            scan.conditionals.replaceTop(.ignored)
            _ = expression()
        case .isFalse:
            scan.discardText()
            scan.conditionals.replaceTop(.isTrue)
            if !isTrue("\\elif expression") { scan.conditionals.replaceTop(.isFalse) }
        case .ignored:
            scan.discardText()
            _ = expression()
        case .elseTrue, .elseFalse:
            log.error("\\elif: cannot occur after \\else")
            return .failed
        case nil:
            log.error("\\elif: no matching \\if")
            return .failed
        }
        return .done
    }

    fileprivate func otherwise() -> CommandResult {
        switch scan.conditionals.top {
        case .isTrue:
            scan.saveText()
            scan.conditionals.replaceTop(.elseFalse)
        case .isFalse:
            scan.discardText()
            scan.conditionals.replaceTop(.elseTrue)
        case .ignored:
            scan.discardText()
            scan.conditionals.replaceTop(.elseFalse)
        case .elseTrue, .elseFalse:
            log.error("\\else: cannot occur after \\else")
            return .failed
        case nil:
            log.error("\\else: no matching \\if")
            return .failed
        }
        return .done
    }

    fileprivate func endBlock() -> CommandResult {
        switch scan.conditionals.top {
        case .isTrue, .elseTrue: scan.conditionals.pop()
        case .isFalse, .ignored, .elseFalse:
            scan.discardText()
            scan.conditionals.pop()
        case nil:
            log.error("\\endif: no matching \\if")
            return .failed
        }
        return .done
    }
}

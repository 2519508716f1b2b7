using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>A host that records what is written to it and answers no question: a script that asks is a failure, unless an answer was laid ready.</summary>
internal sealed class RecordingHost(Action<ShellRecord> record, Queue<int> answers) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = new("7e1a1c1e-6f4b-4a58-9b0b-3f6f8a1b2c3d");

    public override string Name => "RecordingHost";

    public override PSHostUserInterface UI { get; } = new RecordingUI(record, answers);

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class RecordingUI(Action<ShellRecord> record, Queue<int> answers) : PSHostUserInterface
    {
        public override PSHostRawUserInterface? RawUI => null;

        public override void Write(string value) => record(new ShellRecord(ShellStream.Host, value));

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value);

        public override void WriteErrorLine(string value) => Write(value);

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord progress)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            record(new ShellRecord(ShellStream.Host, $"asked: {message.ReplaceLineEndings(" ")}"));
            return answers.Count > 0 ? answers.Dequeue() : throw new HostException("Nobody is here to answer.");
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new HostException($"Nobody is here to give {string.Join(", ", descriptions.Select(field => field.Name))}.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new HostException("Nobody is here to give a credential.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            throw new HostException("Nobody is here to give a credential.");

        public override string ReadLine() => throw new HostException("Nobody is here to type.");

        public override SecureString ReadLineAsSecureString() => throw new HostException("Nobody is here to type.");
    }
}

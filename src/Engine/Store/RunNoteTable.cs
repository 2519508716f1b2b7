using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>What happened to runs on their way.</summary>
internal sealed class RunNoteTable(SqliteConnection connection)
{
    public IReadOnlyList<RunNote> Read(Guid runId)
    {
        using var select = new Statement(connection, "SELECT at, kind, text FROM run_note WHERE run_id = $1 ORDER BY sequence");
        using var reader = select.Read(runId);
        var row = new Row(reader);
        var notes = new List<RunNote>();
        while (row.Next()) notes.Add(new RunNote(row.Instant(), (RunNoteKind)row.Number(), row.Text()));
        return notes.Count == 0 ? Array.Empty<RunNote>() : notes;
    }

    public void Replace(SyncResult run)
    {
        using var delete = new Statement(connection, "DELETE FROM run_note WHERE run_id = $1");
        delete.Execute(run.RunId);
        using var insert = new Statement(connection, Statement.Insert("run_note", "run_id", "sequence", "at", "kind", "text"));
        for (var i = 0; i < run.Notes.Count; i++) insert.Execute(run.RunId, i + 1, run.Notes[i].At, run.Notes[i].Kind, run.Notes[i].Text);
    }
}

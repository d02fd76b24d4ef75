using System.Data.Common;
using System.Text.Json;

namespace Splitrail.ExperimentSvc.Chains;

/// <summary>Goes through a log in order and stops at the first entry that is not what was written.</summary>
/// <param name="content">What is wrong with an entry beyond its place in the chain; null when nothing is.</param>
internal sealed class ChainWalk(Func<ChainRow, JsonElement, string?> content)
{
    private const int PageSize = 500;

    public long Entries { get; private set; }

    /// <summary>Hash of the last good entry: who keeps it elsewhere finds a log that was cut off and written anew.</summary>
    public string Head { get; private set; } = ChainHash.Genesis;

    public ChainVerdict Verdict(string? fault = null) => new(fault is null, Entries, Head, fault);

    /// <summary>What is wrong with the first bad entry of a log in SQL; null when none is.</summary>
    public async Task<string?> AddAllAsync(DbConnection connection, ChainedLog log, CancellationToken cancellationToken)
    {
        while (await log.PageAsync(connection, Entries, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                if (Add(row) is { } fault)
                    return fault;
            }
        }

        return null;
    }

    /// <summary>The same of an export, one line per entry.</summary>
    public async Task<string?> AddAllAsync(TextReader lines, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if ((ChainRow.FromLine(line) is { } row ? Add(row) : $"line {Entries + 1} cannot be read") is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>What is wrong with the next row; null when it follows.</summary>
    public string? Add(ChainRow row)
    {
        if (row.Sequence != Entries + 1)
            return $"entry {Entries + 1} is missing; {row.Sequence} follows";
        if (ChainHash.Of(row.Entry) != row.Hash)
            return $"entry {row.Sequence} was changed: its content does not match its hash";
        // With the right hash it was written like this, unreadable or not.
        if (Read(row.Entry) is not { } link)
            return $"entry {row.Sequence} cannot be read";
        if (link.PrevHash != Head)
            return $"entry {row.Sequence} does not follow the entry before it";
        if ((link.Sequence, link.Kind, link.Id) != (row.Sequence, row.Kind, row.Id))
            return $"entry {row.Sequence} is filed as another one: {row.Kind} {row.Id}";
        if (content(row, link.Entry) is { } fault)
            return fault;
        (Entries, Head) = (row.Sequence, row.Hash);
        return null;
    }

    private static Link? Read(string text)
    {
        try
        {
            var entry = JsonElement.Parse(text);
            return new Link(
                entry.GetProperty("sequence").GetInt64(), entry.GetProperty("kind").GetString(), entry.GetProperty("id").GetString(), entry.GetProperty("prev_hash").GetString(), entry);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The caller says which entry it was.
            return null;
        }
    }

    private sealed record Link(long Sequence, string? Kind, string? Id, string? PrevHash, JsonElement Entry);
}

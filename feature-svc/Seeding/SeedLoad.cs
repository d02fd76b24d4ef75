using System.Data.Common;
using System.Globalization;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.FeatureSvc.Catalogs;
using Splitrail.FeatureSvc.Events;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Seeding;

/// <summary>
/// Puts a dataset into the database in one transaction, the note that it is there included: a kill in the middle leaves nothing of it. A dataset
/// with another fingerprint replaces the former one (its events go, its items that are gone are hidden); events of the running shop and items
/// of the owner stay.
/// </summary>
internal sealed class SeedLoad(Database database, DbTransaction transaction, DatasetFolder dataset, IProgress<long> progress)
{
    private const int ProgressStep = 100_000;
    private const string FingerprintKey = "dataset_fingerprint";
    private const string SeqKey = "dataset_seq";

    private readonly DbConnection _connection = transaction.Connection!;

    /// <summary>Fingerprint of the dataset that is loaded; null when there is none.</summary>
    public static Task<string?> FingerprintAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT value FROM meta WHERE key = @key", new { key = FingerprintKey }, transaction, cancellationToken: cancellationToken));

    /// <returns>False when another replica has loaded it meanwhile.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await FingerprintAsync(_connection, transaction, cancellationToken) == dataset.Manifest.Fingerprint)
            return false;
        await LoadItemsAsync(cancellationToken);
        var first = !await _connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM events)", transaction: transaction);
        if (first)
            await LoadWithoutIndexesAsync(cancellationToken);
        else
            await ReplaceEventsAsync(cancellationToken);
        await NoteAsync(FingerprintKey, dataset.Manifest.Fingerprint, cancellationToken);
        return true;
    }

    private async Task LoadItemsAsync(CancellationToken cancellationToken)
    {
        var version = await CatalogTable.UpsertAsync(transaction, dataset.ReadItems(), fromDataset: true, cancellationToken);
        await CatalogTable.HideGoneAsync(transaction, version, cancellationToken);
    }

    /// <summary>Building an index once is several times faster than keeping it up for a million rows.</summary>
    private async Task LoadWithoutIndexesAsync(CancellationToken cancellationToken)
    {
        foreach (var index in FeatureSchema.EventIndexes.Keys)
            await ExecuteAsync($"DROP INDEX IF EXISTS {index}", cancellationToken);
        await LoadEventsAsync(cancellationToken);
        foreach (var create in FeatureSchema.EventIndexes.Values)
            await ExecuteAsync(create, cancellationToken);
    }

    private async Task ReplaceEventsAsync(CancellationToken cancellationToken)
    {
        var former = await _connection.ExecuteScalarAsync<string?>("SELECT value FROM meta WHERE key = @key", new { key = SeqKey }, transaction);
        if (former is not null)
            await ExecuteAsync($"DELETE FROM events WHERE seq = {long.Parse(former, CultureInfo.InvariantCulture)}", cancellationToken);
        await LoadEventsAsync(cancellationToken);
    }

    private async Task LoadEventsAsync(CancellationToken cancellationToken)
    {
        var seq = await Counters.NextAsync(transaction, EventTable.Counter, cancellationToken);
        await database.BulkInsertAsync(transaction, EventTable.Columns, Rows(seq), cancellationToken);
        await NoteAsync(SeqKey, seq.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    private IEnumerable<StoredEvent> Rows(long seq)
    {
        var prefix = dataset.Manifest.Fingerprint[..12];
        var number = 0L;
        foreach (var row in dataset.ReadEvents())
        {
            // In the order of the key, so that its index only grows at the end.
            var id = string.Create(CultureInfo.InvariantCulture, $"dataset-{prefix}-{number:D9}");
            yield return new StoredEvent(new ShopEvent(id, row.Type, row.UserId, row.SessionId, row.ItemId, row.TimestampMs, row.Quantity, row.ValueMicros), seq);
            if (++number % ProgressStep == 0)
                progress.Report(number);
        }
    }

    private Task<int> NoteAsync(string key, string value, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO meta (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            new { key, value }, transaction, cancellationToken: cancellationToken));

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken));
}

namespace Splitrail.Local.Sidecar.State;

/// <summary>Where the stores of Dapr differ on the same call.</summary>
internal interface IStateSemantics
{
    Json.GoJson Json { get; }

    /// <summary>Redis never tells when a value expires.</summary>
    bool ReportsExpiry { get; }

    /// <summary>On Redis the operations beside a conflicting one are applied.</summary>
    bool TransactionsAreAtomic { get; }

    string NextETag(StateItem? current);

    /// <summary>Null when <paramref name="write"/> may be made over <paramref name="current"/>.</summary>
    StateFault? Check(string fullKey, StateWrite write, StateItem? current);

    /// <summary>The expiry after a save.</summary>
    StateFault? Expiry(StateWrite write, StateItem? current, long nowMs, out long? expiresMs);

    /// <summary>A fault inside a transaction, in the store's words.</summary>
    string InTransaction(StateFault fault);
}

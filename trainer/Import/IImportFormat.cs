using Splitrail.Datasets;
using Splitrail.Policies;

namespace Splitrail.Trainer.Import;

/// <summary>Reads one kind of source into a dataset.</summary>
internal interface IImportFormat : INamedPolicy
{
    /// <summary>What the source must look like, for help and for messages.</summary>
    string Expects { get; }

    /// <summary>True when the columns are named by <c>--map</c>.</summary>
    bool TakesMap => false;

    /// <summary>Adds all items and events; bad rows go to the ledger.</summary>
    /// <exception cref="InputException">The source as a whole is not of this format.</exception>
    void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer);
}

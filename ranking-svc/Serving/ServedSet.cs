using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.RankingSvc.Serving;

/// <summary>What is loaded and which of it serves whom. Immutable; a request takes all it needs from one.</summary>
internal sealed class ServedSet(ServedModels served, IEnumerable<ServingState> loaded)
{
    private readonly FrozenDictionary<string, ServingState> _loaded = loaded.ToFrozenDictionary(static state => state.Version, StringComparer.Ordinal);

    public static ServedSet Empty { get; } = new(ServedModels.None, []);

    public ServedModels Served { get; } = served;

    public bool IsEmpty => _loaded.Count == 0;

    public IEnumerable<ServingState> Loaded => _loaded.Values;

    public ServingState? Find(string? version) => version is null ? null : _loaded.GetValueOrDefault(version);

    /// <summary>The model that ranks candidates of a version, null when none fits. See <see cref="ServedModels.RankerFor"/>.</summary>
    public ServingState? For(string? candidates, string? wanted) => Find(Served.RankerFor(candidates, wanted, _loaded.ContainsKey));
}

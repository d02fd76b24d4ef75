using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>
/// The versions in memory. What is wanted is loaded in the order of need and what nobody wants any more is let go; production stays until the next one is complete. Used by one thread.
/// </summary>
internal sealed class LoadedModels(ModelStore store, CandidateOptions options)
{
    private readonly Dictionary<string, LoadedModel> _models = new(StringComparer.Ordinal);

    /// <summary>Null before the first one.</summary>
    public LoadedModel? Production { get; private set; }

    public IEnumerable<LoadedModel> All => _models.Values;

    public LoadedModel this[string version] => _models[version];

    public bool Has(string version) => _models.ContainsKey(version);

    /// <exception cref="ModelException">It cannot be used; nothing changed.</exception>
    public void Load(string version)
    {
        var bundle = store.Load(version);
        var generator = new CandidateGenerator(bundle.Retrieval, als: AlsIndex.Open(bundle.Folder, bundle.Retrieval.Als, options.ToIndexOptions()));
        WarmUp(generator);
        _models[version] = new LoadedModel(bundle, generator);
    }

    /// <summary>Serves a loaded version from now on.</summary>
    public void Serve(string version) => Production = _models[version];

    public void Keep(IReadOnlyCollection<string> wanted)
    {
        foreach (var version in _models.Keys.Where(version => version != Production?.Version && !wanted.Contains(version)).ToArray())
            _models.Remove(version);
    }

    /// <summary>Has the kernels compiled before the first request needs them.</summary>
    private static void WarmUp(CandidateGenerator generator)
    {
        var model = generator.Model;
        string[] session = [.. model.Items.Ids.Take(5)];
        foreach (var mix in Mixes.Table.Names)
            generator.Generate(RetrievalQuery.Create(model, UserContext.Empty, session, model.Statistics.AsOfMs), Mixes.Table.Get(mix), 100);
    }
}

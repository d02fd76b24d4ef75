using System.Collections.Frozen;

namespace Splitrail.Policies;

/// <summary>A named policy: an extension point that configuration or an arm's parameters choose by name.</summary>
public interface INamedPolicy
{
    string Name { get; }
}

/// <summary>Policies by name, fixed at start. Two of one name are a mistake of the programmer, an unknown name one of the configuration.</summary>
public sealed class PolicyTable<T>
    where T : class, INamedPolicy
{
    private readonly FrozenDictionary<string, T> _byName;

    /// <exception cref="ArgumentException">Two policies have one name.</exception>
    public PolicyTable(string kind, IEnumerable<T> policies)
    {
        Kind = kind;
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            if (!byName.TryAdd(policy.Name, policy))
                throw new ArgumentException($"Two {kind}s are named '{policy.Name}' ({byName[policy.Name].GetType().Name} and {policy.GetType().Name}).");
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        Names = [.. byName.Keys.Order(StringComparer.Ordinal)];
    }

    public string Kind { get; }

    public IReadOnlyList<string> Names { get; }

    public T? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="KeyNotFoundException">No policy has the name; the message lists those there are.</exception>
    public T Get(string name) =>
        Find(name) ?? throw new KeyNotFoundException($"Unknown {Kind} '{name}'. Known: {string.Join(", ", Names)}.");
}

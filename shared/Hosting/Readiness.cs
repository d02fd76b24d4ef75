using System.Collections.Concurrent;

namespace Splitrail.Hosting;

/// <summary>
/// A service is ready when all the parts it named at start are: its own warm-up only, never a shared store, or one lost store would take
/// every replica out of rotation at once.
/// </summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, bool> _parts = new(StringComparer.Ordinal);

    public bool IsReady => _parts.Values.All(static ready => ready);

    public IReadOnlyList<string> WaitingFor => [.. _parts.Where(static part => !part.Value).Select(static part => part.Key).Order(StringComparer.Ordinal)];

    /// <summary>Names a part that has to come up first. Call while building the app.</summary>
    public void Require(string part) => _parts.TryAdd(part, false);

    public void MarkReady(string part) => _parts[part] = true;
}

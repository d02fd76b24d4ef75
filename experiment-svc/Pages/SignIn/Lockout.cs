using System.Collections.Concurrent;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>
/// Slows down who guesses keys: after some wrong ones the account is locked, twice as long each time. By account and not by address, because behind gateway and sidecars every caller
/// has the same. Each replica counts for itself, so that guessing at n of them gives n times as many tries, still far too few for a random key.
/// </summary>
internal sealed class Lockout(ConsoleOptions options, TimeProvider time)
{
    /// <summary>Names that nobody has are counted too, or a locked one would tell that it exists; that they cannot fill the memory.</summary>
    private const int MostNames = 10_000;
    private const int MostDoublings = 10;

    private readonly ConcurrentDictionary<string, (int Wrong, DateTimeOffset Until)> _counts = new(StringComparer.Ordinal);

    /// <summary>How long the account is locked still; zero when it is open.</summary>
    public TimeSpan LeftOf(string name) =>
        _counts.TryGetValue(name, out var count) && count.Until > time.GetUtcNow() ? count.Until - time.GetUtcNow() : TimeSpan.Zero;

    public void Wrong(string name)
    {
        if (_counts.Count >= MostNames)
            _counts.Clear();
        _counts.AddOrUpdate(name, _ => Next(1), (_, count) => Next(count.Wrong + 1));
    }

    public void Right(string name) => _counts.TryRemove(name, out _);

    private (int Wrong, DateTimeOffset Until) Next(int wrong)
    {
        var beyond = wrong - options.LockoutAfter;
        return (wrong, beyond < 0 ? DateTimeOffset.MinValue : time.GetUtcNow() + (options.LockoutFor * (1 << Math.Min(beyond, MostDoublings))));
    }
}

using Splitrail.Retrieval;

namespace Splitrail.Features;

/// <summary>What retrieval says of a candidate; see <see cref="SignalNames"/> for the meaning of each.</summary>
public readonly record struct CandidateSignals(float Als, float Ease, float ItemKnn, float AlsRank, float EaseRank);

/// <summary>Where the signals lie in the lists that a message carries.</summary>
public sealed class SignalLayout
{
    private readonly int[] _positions;

    private SignalLayout(int[] positions) => _positions = positions;

    /// <summary>The order in which retrieval itself writes them.</summary>
    public static SignalLayout Natural { get; } = Make(SignalNames.All);

    /// <summary>The layout of those names; for the usual order it is made once.</summary>
    /// <exception cref="MissingSignalException">A signal is missing; the message names it.</exception>
    public static SignalLayout Of(IReadOnlyList<string> names) => IsNatural(names) ? Natural : Make(names);

    /// <param name="values">As many as there are names.</param>
    public CandidateSignals Read(ReadOnlySpan<float> values) =>
        new(values[_positions[0]], values[_positions[1]], values[_positions[2]], values[_positions[3]], values[_positions[4]]);

    private static bool IsNatural(IReadOnlyList<string> names)
    {
        if (names.Count != SignalNames.All.Count)
            return false;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] != SignalNames.All[i])
                return false;
        }

        return true;
    }

    private static SignalLayout Make(IReadOnlyList<string> names)
    {
        string[] needed = [SignalNames.Als, SignalNames.Ease, SignalNames.ItemKnn, SignalNames.AlsRank, SignalNames.EaseRank];
        var positions = new int[needed.Length];
        for (var i = 0; i < needed.Length; i++)
        {
            positions[i] = Find(names, needed[i]);
            if (positions[i] < 0)
                throw new MissingSignalException($"The candidates carry no signal '{needed[i]}', only {string.Join(", ", names)}.");
        }

        return new SignalLayout(positions);
    }

    private static int Find(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}

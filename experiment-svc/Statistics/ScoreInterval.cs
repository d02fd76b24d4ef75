namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Interval of the difference of two rates by inverting the score test (Mee, Confidence bounds for the difference between two probabilities, Biometrics 1984), with the
/// closed form of the rates' restricted estimates (Miettinen and Nurminen, Comparative analysis of two rates, Statistics in Medicine 1985). At a difference of 0 it is the pooled z test.
/// </summary>
internal static class ScoreInterval
{
    private const int Halvings = 100;

    /// <summary>Both ends miss the truth with probability <paramref name="alpha"/> together.</summary>
    public static Finding<Interval> Of(Share treatment, Share control, double alpha)
    {
        if (treatment.Units == 0 || control.Units == 0)
            return NotYet.NoUsers;
        var z = -Tails.NormalQuantile(alpha / 2);
        var difference = treatment.Value - control.Value;
        return new Interval(Where(treatment, control, -1, difference, z), Where(treatment, control, difference, 1, -z));
    }

    /// <summary>The score statistic of this difference; falls as the difference grows.</summary>
    public static double Z(Share treatment, Share control, double difference)
    {
        var rate = Restricted(treatment, control, difference);
        var other = rate + difference;
        var variance = (other * (1 - other) / treatment.Units) + (rate * (1 - rate) / control.Units);
        var gap = treatment.Value - control.Value - difference;
        return gap == 0 ? 0 : gap / Math.Sqrt(Math.Max(variance, double.Epsilon));
    }

    private static double Where(Share treatment, Share control, double low, double high, double z)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Z(treatment, control, middle) > z ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The control's most likely rate when the treatment's is that plus the difference: the root of a cubic.</summary>
    private static double Restricted(Share treatment, Share control, double difference)
    {
        double units = treatment.Units + control.Units, successes = treatment.Successes + control.Successes;
        var c2 = ((treatment.Units + (2.0 * control.Units)) * difference) - units - successes;
        var c1 = (((control.Units * difference) - units - (2.0 * control.Successes)) * difference) + successes;
        var c0 = control.Successes * difference * (1 - difference);
        var q = Math.Pow(c2 / (3 * units), 3) - (c1 * c2 / (6 * units * units)) + (c0 / (2 * units));
        var p = Math.CopySign(Math.Sqrt(Math.Max(0, Math.Pow(c2 / (3 * units), 2) - (c1 / (3 * units)))), q);
        if (p == 0)
            return Math.Clamp(-c2 / (3 * units), Math.Max(0, -difference), Math.Min(1, 1 - difference));
        var angle = (Math.PI + Math.Acos(Math.Clamp(q / (p * p * p), -1, 1))) / 3;
        return Math.Clamp((2 * p * Math.Cos(angle)) - (c2 / (3 * units)), Math.Max(0, -difference), Math.Min(1, 1 - difference));
    }
}

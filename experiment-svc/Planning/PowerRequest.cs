namespace Splitrail.ExperimentSvc.Planning;

/// <summary>Body of <c>POST /v1/power</c>: what is asked of a test before it begins.</summary>
internal sealed record PowerRequest
{
    /// <summary><c>proportion</c> (of users), <c>mean</c> (of a number per user) or <c>ratio</c> (Σ numerator / Σ denominator).</summary>
    public string Kind { get; set; } = "";

    /// <summary>The control's value.</summary>
    public double? Baseline { get; set; }

    /// <summary>Standard deviation per user, of means and ratios; of a ratio R the one of (numerator - R · denominator) / mean denominator.</summary>
    public double? Deviation { get; set; }

    /// <summary>Relative change worth finding: 0.05 is 5 %.</summary>
    public double? MinimumEffect { get; set; }

    /// <summary>The split, the control first; fractions or percents.</summary>
    public IReadOnlyList<double> Shares { get; set; } = [0.5, 0.5];

    /// <summary>Of promoting an arm that changes nothing; both sides, divided by the treatments.</summary>
    public double Alpha { get; set; } = 0.05;

    /// <summary>Chance to find the change.</summary>
    public double Power { get; set; } = 0.8;

    /// <summary>What so many users of all arms can find.</summary>
    public long? Users { get; set; }

    /// <summary>Expected; gives days.</summary>
    public double? UsersPerDay { get; set; }

    /// <summary>Planned looks.</summary>
    public int Looks { get; set; } = 10;

    /// <summary>One of <see cref="Inference.BoundaryFamilies"/>.</summary>
    public string Boundary { get; set; } = Inference.BoundaryFamilies.OBrienFleming;
}

/// <summary>Answer of <c>POST /v1/power</c>.</summary>
/// <param name="Users">Of all arms, for a test that is looked at once; missing without a minimum effect.</param>
/// <param name="UsersPerArm">In the order of the split.</param>
/// <param name="Days">At the users per day.</param>
/// <param name="AlphaPerTreatment">What each treatment is tested at.</param>
/// <param name="Sequential">The same test with planned looks.</param>
/// <param name="PowerAtUsers">What the given users find of the minimum effect.</param>
/// <param name="EffectAtUsers">The relative change that the given users find with the wanted power.</param>
internal sealed record PowerAnswer(
    long? Users, IReadOnlyList<long>? UsersPerArm, double? Days, double AlphaPerTreatment, SequentialPlan? Sequential, double? PowerAtUsers, double? EffectAtUsers);

/// <param name="Inflation">Users at the last look, as a multiple of the test that is looked at once.</param>
/// <param name="MostUsers">At the last look.</param>
/// <param name="ExpectedUsers">On average, when the change is as large as asked.</param>
/// <param name="ExpectedUsersWithoutEffect">On average, when nothing changes.</param>
/// <param name="Looks">With their boundaries.</param>
internal sealed record SequentialPlan(double Inflation, long MostUsers, long ExpectedUsers, long ExpectedUsersWithoutEffect, IReadOnlyList<PlannedLook> Looks);

/// <param name="Users">Of all arms.</param>
/// <param name="Boundary">Of |z|.</param>
internal sealed record PlannedLook(long Users, double Boundary);

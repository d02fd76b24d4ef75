using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class AlsHalfStepTests
{
    private const int Count = 90;
    private const int Factors = 16;
    private const float Lambda = 0.7f;
    private const float Alpha = 3f;
    private static readonly float[] s_factors = RandomFactors();

    [Theory]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(30, true)]
    [InlineData(30, false)]
    public void The_solution_has_a_zero_gradient(int entries, bool withTable)
    {
        var step = new AlsHalfStep(s_factors, Factors, Lambda, Alpha, withTable ? 1_000_000 : 1);
        var items = Enumerable.Range(0, entries).Select(i => i * 3 % Count).ToArray();
        var strengths = items.Select((_, i) => 0.2f + 0.05f * i).ToArray();
        var x = new float[Factors];

        step.Solve(items, strengths, new AlsWorkspace(Factors), x);

        foreach (var slope in Gradient(items, strengths, x))
            Math.Abs(slope).ShouldBeLessThan(2e-3);
    }

    [Fact]
    public void A_row_longer_than_one_gathering_is_solved_too()
    {
        var step = new AlsHalfStep(s_factors, Factors, Lambda, Alpha, 1);
        var items = Enumerable.Range(0, 600).Select(i => i % Count).ToArray();
        var strengths = items.Select(_ => 0.1f).ToArray();
        var merged = Enumerable.Range(0, Count).ToArray();
        var mergedStrengths = merged.Select(i => 0.1f * items.Count(item => item == i)).ToArray();
        var x = new float[Factors];

        step.Solve(items, strengths, new AlsWorkspace(Factors), x);

        // The repeated entries add confidence to the matrix as one strong entry would; the right side counts each once more.
        Gradient(merged, mergedStrengths, x, repeats: merged.Select(i => items.Count(item => item == i)).ToArray())
            .Max(Math.Abs).ShouldBeLessThan(2e-3);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 40)]
    [InlineData(24, 40)]
    [InlineData(64, 70)]
    public void Conjugate_gradients_go_to_the_exact_solution(int factors, int entries)
    {
        var random = new Random(factors + entries);
        var given = Enumerable.Range(0, Count * factors).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var items = Enumerable.Range(0, entries).ToArray();
        var strengths = items.Select(i => 0.2f + 0.05f * (i % 7)).ToArray();
        var step = new AlsHalfStep(given, factors, Lambda, Alpha, 0);
        var (exact, x, work) = (new float[factors], new float[factors], new AlsWorkspace(factors));
        step.Solve(items, strengths, work, exact);

        var before = Distance(exact, x);
        step.Approach(items, strengths, work, x);
        Distance(exact, x).ShouldBeLessThan(0.5 * before);
        for (var i = 0; i < 40; i++)
            step.Approach(items, strengths, work, x);
        Distance(exact, x).ShouldBeLessThan(1e-3 * before);
    }

    [Fact]
    public void Conjugate_gradients_of_an_empty_history_give_the_zero_vector()
    {
        var x = new float[Factors];
        Array.Fill(x, 5f);

        new AlsHalfStep(s_factors, Factors, Lambda, Alpha, 0).Approach([], [], new AlsWorkspace(Factors), x);

        x.ShouldAllBe(value => value == 0f);
    }

    [Fact]
    public void An_empty_history_gives_the_zero_vector()
    {
        var x = new float[Factors];
        Array.Fill(x, 5f);

        new AlsHalfStep(s_factors, Factors, Lambda, Alpha, 1).Solve([3], [0f], new AlsWorkspace(Factors), x);

        x.ShouldAllBe(value => value == 0f);
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());

    private static double[] Gradient(int[] items, float[] strengths, float[] x, int[]? repeats = null)
    {
        var slope = new double[Factors];
        for (var j = 0; j < Count; j++)
        {
            var y = s_factors.AsSpan(j * Factors, Factors);
            var dot = 0.0;
            for (var k = 0; k < Factors; k++)
                dot += x[k] * y[k];
            var at = Array.IndexOf(items, j);
            var confidence = at < 0 ? 1.0 : 1 + Alpha * strengths[at];
            var wanted = at < 0 ? 0.0 : (repeats?[at] ?? 1) + Alpha * strengths[at];
            for (var k = 0; k < Factors; k++)
                slope[k] += confidence * dot * y[k] - wanted * y[k];
        }

        for (var k = 0; k < Factors; k++)
            slope[k] += Lambda * x[k];
        return slope;
    }

    private static float[] RandomFactors()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Count * Factors).Select(_ => random.NextSingle() - 0.5f)];
    }
}

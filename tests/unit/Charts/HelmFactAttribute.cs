using Xunit;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>A test that runs helm; left out, and said so, where there is none.</summary>
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute() => Skip = ChartTools.SkipWithout("helm");
}

/// <summary>The same with cases.</summary>
public sealed class HelmTheoryAttribute : TheoryAttribute
{
    public HelmTheoryAttribute() => Skip = ChartTools.SkipWithout("helm");
}

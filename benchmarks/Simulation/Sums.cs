using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>What an arm has counted so far of one metric.</summary>
internal struct Sums
{
    public long Users;
    public double Sum;
    public double Squares;
    public double Cubes;
    public double OtherSum;
    public double OtherSquares;
    public double Products;

    public readonly MetricCell Cell => new(Users, Sum, Squares, Cubes, OtherSum, OtherSquares, Products);

    public void Add(double x)
    {
        Users++;
        AddValue(x);
    }

    /// <summary>Of a user who is counted already.</summary>
    public void AddValue(double x)
    {
        Sum += x;
        Squares += x * x;
        Cubes += x * x * x;
    }

    public void Add(double x, double y)
    {
        Add(x);
        OtherSum += y;
        OtherSquares += y * y;
        Products += x * y;
    }
}

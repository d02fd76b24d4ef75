namespace Splitrail.Trainer.DemoShop;

/// <summary>Mathematics by additions and multiplications alone: IEEE 754 fixes those to the bit, but not a platform's exponential.</summary>
internal static class PortableMath
{
    /// <summary>e^x by (1 + x/1024)^1024; within 1 % for |x| ≤ 4.</summary>
    public static double Exp(double x)
    {
        var power = 1 + (x / 1024);
        for (var i = 0; i < 10; i++) power *= power;
        return power;
    }

    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}

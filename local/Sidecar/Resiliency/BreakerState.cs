namespace Splitrail.Local.Sidecar.Resiliency;

internal enum BreakerState
{
    Closed,
    HalfOpen,
    Open,
}

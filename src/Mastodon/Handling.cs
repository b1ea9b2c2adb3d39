namespace Calf.Mastodon;

/// <summary>
/// Makes request delegates from handlers of the form <c>(ApiRequest, services…) =&gt; IResult</c>; the services come from the container.
/// Handlers passed to <c>MapGet</c> and its like as they are get their binding written by a source generator, some 4 kB of machine code for
/// each route; types of services that are classes share one compiled method here.
/// </summary>
public static class Handling
{
    public static RequestDelegate Handle(Func<ApiRequest, IResult> handler) => Answer((r, _) => Task.FromResult(handler(r)));

    public static RequestDelegate Handle(Func<ApiRequest, Task<IResult>> handler) => Answer((r, _) => handler(r));

    public static RequestDelegate Handle<T1>(Func<ApiRequest, T1, IResult> handler)
        where T1 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>())));

    public static RequestDelegate Handle<T1>(Func<ApiRequest, T1, Task<IResult>> handler)
        where T1 : class =>
        Answer((r, s) => handler(r, s.Get<T1>()));

    public static RequestDelegate Handle<T1, T2>(Func<ApiRequest, T1, T2, IResult> handler)
        where T1 : class where T2 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>(), s.Get<T2>())));

    public static RequestDelegate Handle<T1, T2>(Func<ApiRequest, T1, T2, Task<IResult>> handler)
        where T1 : class where T2 : class =>
        Answer((r, s) => handler(r, s.Get<T1>(), s.Get<T2>()));

    public static RequestDelegate Handle<T1, T2, T3>(Func<ApiRequest, T1, T2, T3, IResult> handler)
        where T1 : class where T2 : class where T3 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>())));

    public static RequestDelegate Handle<T1, T2, T3>(Func<ApiRequest, T1, T2, T3, Task<IResult>> handler)
        where T1 : class where T2 : class where T3 : class =>
        Answer((r, s) => handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>()));

    public static RequestDelegate Handle<T1, T2, T3, T4>(Func<ApiRequest, T1, T2, T3, T4, IResult> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>())));

    public static RequestDelegate Handle<T1, T2, T3, T4>(Func<ApiRequest, T1, T2, T3, T4, Task<IResult>> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class =>
        Answer((r, s) => handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>()));

    public static RequestDelegate Handle<T1, T2, T3, T4, T5>(Func<ApiRequest, T1, T2, T3, T4, T5, IResult> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class where T5 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>(), s.Get<T5>())));

    public static RequestDelegate Handle<T1, T2, T3, T4, T5>(Func<ApiRequest, T1, T2, T3, T4, T5, Task<IResult>> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class where T5 : class =>
        Answer((r, s) => handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>(), s.Get<T5>()));

    public static RequestDelegate Handle<T1, T2, T3, T4, T5, T6>(Func<ApiRequest, T1, T2, T3, T4, T5, T6, IResult> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class where T5 : class where T6 : class =>
        Answer((r, s) => Task.FromResult(handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>(), s.Get<T5>(), s.Get<T6>())));

    public static RequestDelegate Handle<T1, T2, T3, T4, T5, T6>(Func<ApiRequest, T1, T2, T3, T4, T5, T6, Task<IResult>> handler)
        where T1 : class where T2 : class where T3 : class where T4 : class where T5 : class where T6 : class =>
        Answer((r, s) => handler(r, s.Get<T1>(), s.Get<T2>(), s.Get<T3>(), s.Get<T4>(), s.Get<T5>(), s.Get<T6>()));

    private static RequestDelegate Answer(Func<ApiRequest, IServiceProvider, Task<IResult>> handler) => async http =>
    {
        var result = await handler(await ApiRequest.Read(http), http.RequestServices);
        await result.ExecuteAsync(http);
    };

    private static T Get<T>(this IServiceProvider services) where T : class => services.GetRequiredService<T>();
}

using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// What Mastodon answers where registrations are closed: this server has the one account that it has.
/// https://docs.joinmastodon.org/methods/accounts/#create, https://docs.joinmastodon.org/methods/emails/
/// </summary>
public static class SignUpApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/accounts", Handle((ApiRequest request) =>
            Refused(request.ByOwner ? "This method requires an client credentials authentication" : "This action is not allowed"))).RequireToken("write:accounts");
        routes.MapPost("/api/v1/emails/confirmations", Handle((ApiRequest request) =>
            Refused("This method is only available to the application the user originally signed-up with"))).RequireToken("write:accounts");
    }

    private static IResult Refused(string why) => Answers.Error(StatusCodes.Status403Forbidden, why);
}

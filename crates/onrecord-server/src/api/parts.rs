//! What addresses have in common: shapes of success and error, and who may ask.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::path::{HttpMethod, OperationBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, Paths, Ref, RefOr, Required, Response, ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use super::parameters;
use crate::answer::Found;
use crate::problem::Written;

/// A document in the making.
#[derive(Default)]
pub struct Api {
    /// The addresses.
    pub paths: Paths,
    /// The types by name.
    pub schemas: BTreeMap<String, RefOr<Schema>>,
}

impl Api {
    /// A list with its parameters, as JSON and as CSV.
    pub fn list<T: ToSchema + Serialize>(&mut self, path: &str, about: &str, parameters: &[&str]) {
        let success = self.found::<T>();
        self.get(&format!("{path}.json"), about, parameters, success);
        let about = format!("{about}, as CSV; the next page is in the field `Link`");
        let text = ContentBuilder::new().schema(Some(text())).build();
        let success = ResponseBuilder::new().description("A line of columns, then the rows").content("text/csv", text);
        self.get(&format!("{path}.csv"), &about, parameters, success.build());
    }

    /// A list or an item that is JSON alone.
    pub fn one<T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        let success = self.found::<T>();
        self.get(path, about, &[], success);
    }

    /// A text of type `S` in, a row of type `T` out.
    pub fn reading<S: ToSchema, T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        let success = self.found::<T>();
        self.add::<S>();
        let plain = ContentBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).pattern(Some(r"\S"))))
            .build();
        let json = ContentBuilder::new().schema(Some(Ref::from_schema_name(S::name()))).build();
        let body = RequestBodyBuilder::new()
            .required(Some(Required::True))
            .content("application/json", json)
            .content("text/plain", plain)
            .build();
        let operation = operation("post", path, about, success).request_body(Some(body));
        let refusals = ["400", "413", "415", "429", "503"];
        let operation = refusals.iter().fold(operation, |operation, status| refused(operation, status));
        self.paths.add_path_operation(path, vec![HttpMethod::Post], operation.build());
    }

    /// An OpenAPI document.
    pub fn description(&mut self, path: &str, about: &str) {
        let any = ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::Object))).build();
        let success = ResponseBuilder::new().description("OpenAPI 3.1").content("application/json", any).build();
        self.get(path, about, &[], success);
    }

    fn get(&mut self, path: &str, about: &str, parameters: &[&str], success: Response) {
        let operation = operation("get", path, about, success);
        let operation = in_path(path).fold(operation, |operation, name| operation.parameter(parameters::path(name)));
        let operation =
            parameters.iter().fold(operation, |operation, name| operation.parameter(parameters::query(name)));
        let mut refusals = vec!["401", "429", "503"];
        if !parameters.is_empty() {
            refusals.extend(["400", "404"]);
        }
        if path.contains('{') {
            refusals.extend(["404", "410"]);
        }
        refusals.sort_unstable();
        refusals.dedup();
        let operation = refusals.iter().fold(operation, |operation, status| refused(operation, status));
        self.paths.add_path_operation(path, vec![HttpMethod::Get], operation.build());
    }

    /// The shape of rows of type `T`.
    fn found<T: ToSchema + Serialize>(&mut self) -> Response {
        self.add::<T>();
        let mut schemas = Vec::new();
        <Found<T> as ToSchema>::schemas(&mut schemas);
        self.schemas.extend(schemas);
        let mut found = <Found<T> as PartialSchema>::schema();
        if let RefOr::T(Schema::Object(found)) = &mut found {
            let rows = ArrayBuilder::new().items(Ref::from_schema_name(T::name())).build();
            found.properties.insert("rows".to_owned(), Schema::Array(rows).into());
        }
        let content = ContentBuilder::new().schema(Some(found)).build();
        ResponseBuilder::new().description("What was found").content("application/json", content).build()
    }

    /// A type and those in it.
    fn add<T: ToSchema>(&mut self) {
        let mut schemas = Vec::new();
        T::schemas(&mut schemas);
        self.schemas.extend(schemas);
        self.schemas.insert(T::name().into_owned(), T::schema());
    }
}

/// The names in a path: `id` of `/s/{id}.json`.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn operation(method: &str, path: &str, about: &str, success: Response) -> OperationBuilder {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id: Vec<&str> = std::iter::once(method).chain(words).collect();
    OperationBuilder::new().operation_id(Some(id.join("_"))).summary(Some(about)).response("200", success)
}

fn refused(operation: OperationBuilder, status: &str) -> OperationBuilder {
    operation.response(status, Ref::from_response_name(status_name(status)))
}

/// The statuses of errors, with what they mean here.
const REFUSALS: [(&str, &str, &str); 8] = [
    ("400", "Asked", "Asked wrongly: a parameter or field that is none, or has a value that it cannot have"),
    ("401", "Unauthorized", "A token is needed"),
    ("404", "NotFound", "Nothing is there"),
    ("410", "Withdrawn", "A person took it out; the error says who, when and why"),
    ("413", "TooLarge", "More was sent than is taken"),
    ("415", "Media", "What was sent is of a kind that is not taken"),
    ("429", "TooMany", "Asked too often; `Retry-After` says in how many seconds to ask again"),
    ("503", "Busy", "The server is busy, or the question takes too long"),
];

fn status_name(status: &str) -> &'static str {
    REFUSALS.iter().find(|(known, _, _)| *known == status).map_or("Asked", |(_, name, _)| name)
}

/// What addresses refer to.
pub fn shared(components: ComponentsBuilder) -> ComponentsBuilder {
    let error = || ContentBuilder::new().schema(Some(Ref::from_schema_name(Written::name()))).build();
    let components = REFUSALS.iter().fold(components, |components, (_, name, about)| {
        components
            .response(*name, ResponseBuilder::new().description(*about).content("application/json", error()).build())
    });
    let scheme =
        |scheme, about: &str| SecurityScheme::Http(HttpBuilder::new().scheme(scheme).description(Some(about)).build());
    components
        .schema(Written::name(), Written::schema())
        .security_scheme("token", scheme(HttpAuthScheme::Bearer, "A token of `onrecord token create`"))
        .security_scheme(
            "password",
            scheme(HttpAuthScheme::Basic, "The token as the password, beside any name: for browsers"),
        )
}

/// A token in either way, or none where the server needs none.
pub fn security() -> [SecurityRequirement; 3] {
    let none: [&str; 0] = [];
    [
        SecurityRequirement::default(),
        SecurityRequirement::new("token", none),
        SecurityRequirement::new("password", none),
    ]
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

"""Where something waits is asked by any name of a checkpoint; what is none is told, in every service."""

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.service import Service
from tests.orders.examples import services


@pytest.mark.parametrize("service", services(), ids=lambda service: service.name)
def test_a_place_is_a_checkpoint_by_any_of_its_names(service: Service) -> None:
    place = TypeAdapter(service.places)
    assert place.validate_python("Farap") == place.validate_python("FRP-MIX") == "FRP-MIX"
    with pytest.raises(ValidationError, match="there is no checkpoint Nowhere; the codes stand in the list"):
        place.validate_python("Nowhere")
